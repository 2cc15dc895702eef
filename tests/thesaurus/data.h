#pragma once

// The thesaurus and tagger as they are shipped, loaded once for all tests of this folder.

#include <memory>
#include <stdexcept>
#include <string>

#include "indexer/text/folding.h"
#include "indexer/thesaurus/label_matcher.h"
#include "indexer/thesaurus/tagger.h"
#include "indexer/thesaurus/thesaurus.h"
#include "tests/support/cases.h"

namespace sakuin::test {

template <typename T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().Text());
  return std::move(*result);
}

struct ShippedThesaurus {
  std::string dir = RepositoryPath("corpus");
  text::Folding folding = Must(text::Folding::Load(dir));
  thesaurus::Thesaurus thesaurus = Must(thesaurus::Thesaurus::Load(dir));
  thesaurus::LabelMatcher matcher =
      thesaurus::LabelMatcher::Build(thesaurus, folding, Must(thesaurus::KanaParticles::Load(dir)));
  thesaurus::Tagger tagger = Must(thesaurus::Tagger::Create(dir, thesaurus, matcher, folding));
};

inline const ShippedThesaurus& Shipped() {
  static const ShippedThesaurus shipped;
  return shipped;
}

// A whole SKOS file around `body`, which begins on line 3.
inline std::string Skos(const std::string& body) {
  return "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"\n"
         " xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\n" +
         body + "\n</rdf:RDF>\n";
}

}  // namespace sakuin::test
