#pragma once

namespace sakuin::app {

// The whole program: reads the command line, runs one command, gives the exit status.
int RunProgram(int count, char** arguments);

}  // namespace sakuin::app
