#pragma once

// Stored advice -> witnesses, and the JSON form of a tension between two of them.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "indexer/store/advice.h"
#include "indexer/store/index_reader.h"
#include "indexer/text/folding.h"
#include "query/contradictions/records.h"
#include "query/contradictions/tension.h"

namespace sakuin::contradictions {

// As many of each, in one order.
struct WitnessList {
  std::vector<Witness> witnesses;
  RecordList records;
};

// `source`: what stands for the document's wording (model::SourceOf).
Witness WitnessOf(const store::AdviceRecord& record, const std::string& source,
                  const text::Folding& folding);

// Folded, without marks and blanks, so that a comma more is not another sentence.
std::string BareFold(const std::string& quote, const text::Folding& folding);

// All of a knowledge base, of one snapshot; or what the query fits. With all records, some 2 KB
// each.
Result<WitnessList> ReadWitnesses(store::IndexReader& reader, const text::Folding& folding,
                                  const store::AdviceQuery& query = {});
// Without records: the list keeps the reader and reads those that are asked for.
Result<WitnessList> ReadWitnesses(std::shared_ptr<store::IndexReader> reader,
                                  const text::Folding& folding,
                                  const store::AdviceQuery& query = {});

// {"id","cluster","kind","code","severity","score","action","condition"?,"a","b","axes",
// "explanation","steps","state",...}: docs/cli.md. `explanation`: the reason in words
// (reasons/reason.h); "": Explanation().
nlohmann::ordered_json TensionObject(const Tension& tension, const WitnessList& list,
                                     const std::string& explanation = {});

// The parts of its `steps`.
std::vector<std::string> StepsOf(const Tension& tension);

// What is equal, what differs, what is not stated, and the arithmetic, in English.
std::string Explanation(const Tension& tension);

}  // namespace sakuin::contradictions
