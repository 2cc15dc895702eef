#include "query/app/commands/editing/baseline.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "indexer/base/files.h"
#include "query/contradictions/decisions/review_lines.h"

namespace sakuin::app {

using contradictions::Tension;

void Baseline::Define(Options& app) {
  const Option file = app.Add("--baseline", file_, "Only what is not in this file").Called("FILE");
  app.Flag("--update-baseline", update_, "Write that file anew: all of this is known").Needs(file);
}

Status Baseline::Update(const Context& context, const contradictions::WitnessList& list,
                        const std::vector<const Tension*>& tensions,
                        std::set<std::string>& known) const {
  std::set<std::string> now;
  for (const Tension* const t : tensions) now.insert(t->id);
  std::size_t fresh = 0;
  for (const std::string& id : now) fresh += known.contains(id) ? 0 : 1;
  const std::size_t gone = known.size() + fresh - now.size();
  if (const Status done =
          files::WriteAtomically(file_, contradictions::BaselineText(tensions, list));
      !done) {
    return done;
  }
  if (!context.quiet) {
    Err(fmt::format("sakuin: {}: {} pairs, {} new, {} gone\n", Printable(file_), now.size(), fresh,
                    gone));
  }
  known = std::move(now);
  return {};
}

Result<Baseline::Chosen> Baseline::Apply(const Context& context,
                                         const contradictions::WitnessList& list,
                                         const std::vector<Tension>& tensions,
                                         const Chosen& chosen) const {
  if (file_.empty()) return chosen;
  auto known = std::make_shared<std::set<std::string>>();
  if (!update_ || files::Exists(file_)) {
    const auto text = files::Read(file_);
    if (!text) {
      return Fail(text.error().code, text.error().message + "; --update-baseline makes it",
                  text.error().where);
    }
    auto read = contradictions::ReadBaseline(*text, file_);
    if (!read) return Pass(read);
    *known = std::move(*read);
  }
  if (update_) {
    std::vector<const Tension*> now;
    for (const Tension& t : tensions) {
      if (chosen(t)) now.push_back(&t);
    }
    if (const Status done = Update(context, list, now, *known); !done) return Pass(done);
  }
  return Chosen([known, chosen](const Tension& t) { return !known->contains(t.id) && chosen(t); });
}

}  // namespace sakuin::app
