#include "indexer/thesaurus/validate.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/model/language.h"
#include "indexer/thesaurus/skos_reader.h"

namespace sakuin::thesaurus {
namespace {

// Folding makes katakana of hiragana.
bool IsKatakana(char32_t c) { return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC; }

class Validator {
 public:
  explicit Validator(const text::Folding& folding) : folding_(folding) {}

  void Add(SkosFile file) { files_.push_back(std::move(file)); }

  std::vector<Finding> Run() {
    Collect();
    for (std::size_t i = 0; i < all_.size(); ++i) {
      CheckPreferred(i);
      CheckLabels(i);
      CheckReferences(i);
      CheckCycle(i);
      CheckRelated(i);
    }
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    });
    std::vector<Finding> out;
    for (Placed& one : found_) out.push_back(std::move(one.finding));
    return out;
  }

 private:
  struct Placed {
    std::size_t file = 0;
    std::size_t line = 0;
    Finding finding;
  };
  struct Owner {
    std::size_t number = 0;  // in all_
    std::string where;
  };

  const SkosConcept& Of(std::size_t i) const { return *all_[i].second; }
  const std::string& Id(std::size_t i) const { return Of(i).data.id; }
  std::string At(std::size_t i, std::size_t line) const { return files_[all_[i].first].At(line); }

  void Report(std::size_t i, std::size_t line, const char* code, std::string message) {
    found_.push_back({all_[i].first, line, {code, std::move(message), At(i, line)}});
  }

  void Collect() {
    std::map<std::string, std::size_t> by_id;
    for (std::size_t file = 0; file < files_.size(); ++file) {
      for (const SkosConcept& found : files_[file].concepts) {
        const std::size_t number = all_.size();
        all_.emplace_back(file, &found);
        const std::size_t first = std::min(by_id.emplace(found.data.id, number).first->second,
                                           by_uri_.emplace(found.data.uri, number).first->second);
        if (first == number) continue;
        Report(number, found.line, "duplicate-concept",
               "the concept " + found.data.id + " stands at " + At(first, Of(first).line) +
                   " already");
      }
    }
  }

  // S14: at most one preferred label a language. Of ours, each of the four languages wants one.
  void CheckPreferred(std::size_t i) {
    std::set<std::string> seen;
    const std::vector<model::Label>& labels = Of(i).data.labels;
    for (std::size_t n = 0; n < labels.size(); ++n) {
      if (labels[n].kind != model::LabelKind::kPreferred) continue;
      if (seen.insert(labels[n].language).second) continue;
      Report(i, Of(i).label_lines[n], "two-preferred-labels",
             "the concept " + Id(i) + " has a second preferred label in " + labels[n].language);
    }
    for (const std::string_view language : model::kLanguages) {
      if (seen.count(std::string(language)) > 0) continue;
      Report(i, Of(i).line, "missing-preferred-label",
             "the concept " + Id(i) + " has no preferred label in " + std::string(language));
    }
  }

  // S13: the three kinds of labels are disjoint; and a name means one concept.
  void CheckLabels(std::size_t i) {
    std::set<std::pair<std::string, std::string>> own;
    const std::vector<model::Label>& labels = Of(i).data.labels;
    for (std::size_t n = 0; n < labels.size(); ++n) {
      const model::Label& label = labels[n];
      const std::size_t line = Of(i).label_lines[n];
      if (!own.emplace(label.language, label.text).second) {
        Report(i, line, "label-clash",
               "the concept " + Id(i) + " has the label \"" + label.text + "\" twice in " +
                   label.language);
      }
      const std::string key = folding_.Key(label.text);
      CheckLength(i, line, label.text, utf8::Decode(key));
      const Owner& owner = owners_.emplace(key, Owner{i, At(i, line)}).first->second;
      if (owner.number == i || Id(owner.number) == Id(i)) continue;
      Report(i, line, "shared-label",
             "the label \"" + label.text + "\" of " + Id(i) + " is one of " + Id(owner.number) +
                 " too (" + owner.where + ")");
    }
  }

  // One character, or two kana, stand inside too many other words.
  void CheckLength(std::size_t i, std::size_t line, const std::string& text,
                   const std::u32string& folded) {
    const bool kana = std::all_of(folded.begin(), folded.end(), IsKatakana);
    if (folded.size() > 2 || (folded.size() == 2 && !kana)) return;
    Report(i, line, "short-label",
           "the label \"" + text + "\" of " + Id(i) + " is too short to be told from other words");
  }

  void CheckReferences(std::size_t i) {
    const SkosConcept& found = Of(i);
    const auto check = [&](const std::vector<std::string>& list, std::vector<std::size_t> lines) {
      for (std::size_t n = 0; n < list.size(); ++n) {
        if (by_uri_.count(list[n]) > 0) continue;
        Report(i, lines[n], "unknown-reference",
               "the concept " + Id(i) + " refers to " + list[n] + ", which is nowhere");
      }
    };
    check(found.data.broader, found.broader_lines);
    check(found.data.related, found.related_lines);
  }

  // Everything above; with `i` itself where there is a cycle.
  std::set<std::size_t> Above(std::size_t i) const {
    std::vector<std::size_t> open{i};
    std::set<std::size_t> seen;
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::string& address : Of(at).data.broader) {
        const auto known = by_uri_.find(address);
        if (known != by_uri_.end() && seen.insert(known->second).second) {
          open.push_back(known->second);
        }
      }
    }
    return seen;
  }

  void CheckCycle(std::size_t i) {
    if (Above(i).count(i) == 0) return;
    Report(i, Of(i).broader_lines[0], "broader-cycle",
           "the concept " + Id(i) + " is broader than itself");
  }

  // S27: related and broader (all levels) exclude each other.
  void CheckRelated(std::size_t i) {
    const SkosConcept& found = Of(i);
    for (std::size_t n = 0; n < found.data.related.size(); ++n) {
      const auto known = by_uri_.find(found.data.related[n]);
      if (known == by_uri_.end()) continue;
      const std::size_t other = known->second;
      if (other != i && Above(i).count(other) == 0 && Above(other).count(i) == 0) continue;
      Report(i, found.related_lines[n], "related-and-broader",
             "the concept " + Id(i) + " is related to " + Id(other) +
                 (other == i ? "" : ", which is above or below it"));
    }
  }

  const text::Folding& folding_;
  std::vector<SkosFile> files_;
  std::vector<std::pair<std::size_t, const SkosConcept*>> all_;  // with the number of its file
  std::map<std::string, std::size_t> by_uri_;                    // the first of each, in all_
  std::map<std::string, Owner> owners_;                          // by folded label
  std::vector<Placed> found_;
};

}  // namespace

Result<std::vector<Finding>> Validate(const std::vector<std::string>& paths,
                                      const text::Folding& folding) {
  Validator validator(folding);
  for (const std::string& path : paths) {
    const auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    auto file = ReadSkos(path, *bytes);
    if (!file) return Pass(file);
    validator.Add(std::move(*file));
  }
  return validator.Run();
}

}  // namespace sakuin::thesaurus
