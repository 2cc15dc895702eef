#include "query/app/run.h"

int main(int count, char** arguments) { return sakuin::app::RunProgram(count, arguments); }
