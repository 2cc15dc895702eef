#include "indexer/advice/statements/action_traits.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"

namespace sakuin::advice {
namespace {

bool IsBelow(const model::Concept& one, const std::string& above,
             const thesaurus::Thesaurus& thesaurus) {
  if (one.id == above) return true;
  return std::any_of(one.broader.begin(), one.broader.end(), [&](const std::string& id) {
    const model::Concept* const next = thesaurus.Find(id);
    return next != nullptr && IsBelow(*next, above, thesaurus);
  });
}

}  // namespace

Result<ActionTraits> ActionTraits::Load(const std::string& data_dir,
                                        const thesaurus::Thesaurus& thesaurus) {
  ActionTraits out;
  const std::array<std::pair<std::string_view, std::set<std::string>*>, 8> traits = {
      {{"habit", &out.habits_},
       {"limiting", &out.limiting_},
       {"procedure", &out.procedures_},
       {"seeking", &out.seeking_},
       {"watching", &out.watching_},
       {"general", &out.general_},
       {"way", &out.ways_},
       {"around", &out.around_}}};
  const std::string path = data_dir + "/advice/action_traits.tsv";
  const auto bytes = files::Read(path);
  if (!bytes) return Pass(bytes);
  out.digest_ = Digest(*bytes);
  const auto rows = ParseTsv(*bytes, path, 3, 3);
  if (!rows) return Pass(rows);
  for (const TsvRow& row : *rows) {
    const std::string& id = row.fields[0];
    const model::Concept* const action = thesaurus.Find(id);
    if (action == nullptr || action->scheme != "interventions") {
      return Fail(ErrorCode::kBadData, "'" + id + "' is no action", row.where);
    }
    if (row.fields[1] == "none") {
      for (const auto& one : traits)
        std::erase_if(*one.second, [&](const std::string& taken) {
          return IsBelow(*thesaurus.Find(taken), id, thesaurus);
        });
      continue;
    }
    const auto trait = std::find_if(traits.begin(), traits.end(),
                                    [&row](const auto& one) { return one.first == row.fields[1]; });
    if (trait == traits.end()) {
      return Fail(ErrorCode::kBadData, "'" + row.fields[1] + "' is no trait", row.where);
    }
    if (row.fields[1] == "general" || row.fields[1] == "way") {
      trait->second->insert(id);
      continue;
    }
    for (const model::Concept& one : thesaurus.concepts()) {
      if (one.scheme == action->scheme && IsBelow(one, id, thesaurus))
        trait->second->insert(one.id);
    }
  }
  return out;
}

}  // namespace sakuin::advice
