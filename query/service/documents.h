#pragma once

// Documents and their sections by id, and what a knowledge base holds.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "indexer/base/result.h"
#include "indexer/store/index_reader.h"

namespace sakuin::service {

// The document that is named by its id, or by the beginning of exactly one id.
Result<model::Document> FindDocument(store::IndexReader& reader, const std::string& id);

// A document, or one section of it: "ID" or "ID#N".
struct Part {
  model::Document document;
  model::DuplicateGroup group;  // that it is in
  int section = -1;             // place in document.sections; -1: all of it
};
// kNotFound.
Result<Part> FindPart(store::IndexReader& reader, const std::string& id);

// {"id","uri","title","language","encoding","profile","site"?,"published"?,"sections","bytes"}
nlohmann::ordered_json SummaryObject(const store::DocumentSummary& summary);

// `stats --json`: docs/cli.md.
Result<nlohmann::ordered_json> StatsObject(store::IndexReader& reader);

}  // namespace sakuin::service
