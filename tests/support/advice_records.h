#pragma once

// Advice that no article gives, for tests of what is made of it.

#include <string>
#include <vector>

#include "query/contradictions/tensions.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::test {

// "ID ACTION recommend|avoid|for|against [must|should|may] [@condition] [phase=] [pop=]
// [w=FROM..TO] [PART=LOW..HIGH] [anchor=]": of the document ID; the quote is everything.
store::AdviceRecord MakeAdvice(const std::string& text, const std::string& language = "en");

contradictions::WitnessList MakeWitnesses(const std::vector<store::AdviceRecord>& records);

}  // namespace sakuin::test
