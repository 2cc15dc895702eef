#include "indexer/thesaurus/validate.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "indexer/base/characters.h"
#include "indexer/base/files.h"
#include "indexer/base/utf8.h"
#include "indexer/model/language.h"
#include "indexer/thesaurus/labels/label_form.h"
#include "indexer/thesaurus/skos/concept_table.h"
#include "indexer/thesaurus/skos/cycles.h"

namespace sakuin::thesaurus {
namespace {

constexpr std::size_t kNone = SIZE_MAX;

class Validator {
 public:
  Validator(const std::vector<SkosFile>& files, const text::Folding& folding, std::size_t known)
      : files_(files), folding_(folding), known_files_(known) {}

  std::vector<Finding> Run() {
    Collect();
    Link();
    for (std::size_t i = 0; i < all_.size(); ++i) {
      CollectLabels(i);
      if (all_[i].first < known_files_) continue;
      CheckPreferred(i);
      CheckLabels(i);
      CheckReferences(i);
      CheckRelated(i);
    }
    CheckShared();
    CheckCycles();
    CheckMatches();
    ReportLanguages();
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
  struct Bearer {
    std::size_t number = 0;  // in all_
    std::size_t label = 0;
  };
  struct Foreign {
    std::size_t line = 0;
    std::size_t count = 0;
  };

  const SkosConcept& Of(std::size_t i) const { return *all_[i].second; }
  const std::string& Id(std::size_t i) const { return Of(i).data.id; }
  std::string At(std::size_t i, std::size_t line) const { return files_[all_[i].first].At(line); }

  void Report(std::size_t i, std::size_t line, const char* code, std::string message,
              Severity severity = Severity::kError) {
    found_.push_back({all_[i].first, line, {code, std::move(message), At(i, line), severity}});
  }

  void Collect() {
    std::vector<std::size_t> latest;  // of those that are the same
    for (std::size_t file = 0; file < files_.size(); ++file) {
      for (const SkosConcept& found : files_[file].concepts) {
        const std::size_t number = all_.size();
        all_.emplace_back(file, &found);
        const std::size_t first = std::min(by_id_.emplace(found.data.id, number).first->second,
                                           by_uri_.emplace(found.data.uri, number).first->second);
        same_.push_back(first == number ? first : same_[first]);
        latest.push_back(number);
        const std::size_t before = std::exchange(latest[same_[number]], number);
        // A user's file adds to the concepts of the files before it.
        if (first == number || (known_files_ > 0 && all_[before].first < file)) continue;
        Report(number, found.line, "duplicate-concept",
               "the concept " + found.data.id + " stands at " + At(before, Of(before).line) +
                   " already");
      }
    }
  }

  // References as numbers, of concepts that several files speak of taken together.
  void Link() {
    broader_.resize(all_.size());
    for (std::size_t i = 0; i < all_.size(); ++i) {
      for (const std::string& address : Of(i).data.broader) AddBroader(i, address);
    }
    std::size_t begin = 0;
    for (std::size_t file = 0; file < files_.size(); ++file) {
      for (const NarrowerReference& one : files_[file].narrower) {
        const std::size_t below = NumberOf(one.below);
        if (below != kNone) {
          broader_[same_[below]].push_back(same_[begin + one.above]);
        } else if (file >= known_files_) {
          ReportUnknown(begin + one.above, one.line, one.below);
        }
      }
      begin += files_[file].concepts.size();
    }
  }

  // As Thesaurus resolves a reference: an address or, behind kConceptBase, an id.
  std::size_t NumberOf(std::string_view address) const {
    const auto known = by_uri_.find(address);
    if (known != by_uri_.end()) return known->second;
    if (!address.starts_with(kConceptBase)) return kNone;
    const auto named = by_id_.find(address.substr(kConceptBase.size()));
    return named == by_id_.end() ? kNone : named->second;
  }

  void AddBroader(std::size_t i, const std::string& address) {
    const std::size_t above = NumberOf(address);
    if (above != kNone) broader_[same_[i]].push_back(same_[above]);
  }

  // S14: at most one preferred label a language. Of ours, each of the four languages wants one.
  void CheckPreferred(std::size_t i) {
    std::set<std::string_view> seen;
    const std::vector<model::Label>& labels = Of(i).data.labels;
    for (std::size_t n = 0; n < labels.size(); ++n) {
      if (labels[n].kind != model::LabelKind::kPreferred) continue;
      if (seen.insert(labels[n].language).second) continue;
      Report(i, Of(i).label_lines[n], "two-preferred-labels",
             "the concept " + Id(i) + " has a second preferred label in " + labels[n].language);
    }
    for (const std::string_view language : model::kLanguages) {
      if (same_[i] != i || seen.count(language) > 0) continue;
      Report(i, Of(i).line, "missing-preferred-label",
             "the concept " + Id(i) + " has no preferred label in " + std::string(language),
             Severity::kWarning);
    }
  }

  void CollectLabels(std::size_t i) {
    const std::vector<model::Label>& labels = Of(i).data.labels;
    for (std::size_t n = 0; n < labels.size(); ++n) {
      const LabelForm form = FormOf(folding_.Fold(labels[n].text).chars);
      bearers_[utf8::Encode(form.chars)].push_back({i, n});
      if (all_[i].first >= known_files_) CheckLength(i, n, form.chars);
    }
  }

  // S13: the three kinds of labels are disjoint.
  void CheckLabels(std::size_t i) {
    std::set<std::pair<std::string_view, std::string_view>> own;
    const std::vector<model::Label>& labels = Of(i).data.labels;
    for (std::size_t n = 0; n < labels.size(); ++n) {
      const model::Label& label = labels[n];
      const std::size_t line = Of(i).label_lines[n];
      if (!own.emplace(label.language, label.text).second) {
        Report(i, line, "label-clash",
               "the concept " + Id(i) + " has the label \"" + label.text + "\" twice in " +
                   label.language);
      }
      const bool ours = std::find(model::kLanguages.begin(), model::kLanguages.end(),
                                  label.language) != model::kLanguages.end();
      if (ours) continue;
      Foreign& foreign =
          foreign_.emplace(std::pair(all_[i].first, label.language), Foreign{line, 0})
              .first->second;
      ++foreign.count;
    }
  }

  // One character stands inside too many other words. A single Han character is looked for only
  // where it stands alone, and may be hidden.
  void CheckLength(std::size_t i, std::size_t n, const std::u32string& form) {
    const model::Label& label = Of(i).data.labels[n];
    const bool hidden_han =
        form.size() == 1 && IsHan(form[0]) && label.kind == model::LabelKind::kHidden;
    if (form.size() > 1 || hidden_han) return;
    Report(i, Of(i).label_lines[n], "short-label",
           "the label \"" + label.text + "\" of " + Id(i) +
               " is too short to be told from other words");
  }

  // A name means one concept, unless all that bear it hide it.
  void CheckShared() {
    for (const auto& [form, all] : bearers_) {
      const bool intended = std::all_of(all.begin(), all.end(), [this](const Bearer& one) {
        return Of(one.number).data.labels[one.label].kind == model::LabelKind::kHidden;
      });
      if (intended) continue;
      std::set<std::size_t> seen;
      for (const Bearer& one : all) {
        if (!seen.insert(same_[one.number]).second || seen.size() == 1) continue;
        if (all_[one.number].first < known_files_) continue;
        ReportShared(all[0], one);
      }
    }
  }

  void ReportShared(const Bearer& first, const Bearer& one) {
    const bool known = all_[first.number].first < known_files_;
    Report(one.number, Of(one.number).label_lines[one.label], "shared-label",
           "the label \"" + Of(one.number).data.labels[one.label].text + "\" of " + Id(one.number) +
               " is one of " + Id(first.number) + " too (" +
               At(first.number, Of(first.number).label_lines[first.label]) + ")" +
               (known ? "; it will mean the new one" : ""),
           known ? Severity::kWarning : Severity::kError);
  }

  void ReportUnknown(std::size_t i, std::size_t line, const std::string& address) {
    Report(i, line, "unknown-reference",
           "the concept " + Id(i) + " refers to " + address + ", which is nowhere");
  }

  void CheckReferences(std::size_t i) {
    const SkosConcept& found = Of(i);
    for (std::size_t n = 0; n < found.data.broader.size(); ++n) {
      if (NumberOf(found.data.broader[n]) != kNone) continue;
      ReportUnknown(i, found.broader_lines[n], found.data.broader[n]);
    }
    for (std::size_t n = 0; n < found.data.related.size(); ++n) {
      if (NumberOf(found.data.related[n]) != kNone) continue;
      ReportUnknown(i, found.related_lines[n], found.data.related[n]);
    }
  }

  // Everything above; with `i` itself where there is a cycle.
  std::unordered_set<std::size_t> Above(std::size_t i) const {
    std::vector<std::size_t> open{i};
    std::unordered_set<std::size_t> seen;
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::size_t above : broader_[at]) {
        if (seen.insert(above).second) open.push_back(above);
      }
    }
    return seen;
  }

  void CheckCycles() {
    const std::vector<std::size_t> cycles = InCycles(broader_);
    const std::unordered_set<std::size_t> inside(cycles.begin(), cycles.end());
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (inside.count(same_[i]) == 0 || all_[i].first < known_files_) continue;
      const std::vector<std::size_t>& lines = Of(i).broader_lines;
      if (same_[i] != i && lines.empty()) continue;
      Report(i, lines.empty() ? Of(i).line : lines[0], "broader-cycle",
             "the concept " + Id(i) + " is broader than itself");
    }
  }

  // S27: related and broader (all levels) exclude each other.
  void CheckRelated(std::size_t i) {
    const SkosConcept& found = Of(i);
    if (found.data.related.empty()) return;
    const auto above = Above(same_[i]);
    for (std::size_t n = 0; n < found.data.related.size(); ++n) {
      const std::size_t known = NumberOf(found.data.related[n]);
      if (known == kNone) continue;
      const std::size_t other = same_[known];
      const bool itself = other == same_[i];
      if (!itself && above.count(other) == 0 && Above(other).count(same_[i]) == 0) continue;
      Report(i, found.related_lines[n], "related-and-broader",
             "the concept " + Id(i) + " is related to " + Id(other) +
                 (itself ? "" : ", which is above or below it"));
    }
  }

  // S46: exactMatch, which is symmetric and transitive, excludes broadMatch and relatedMatch.
  void CheckMatches() {
    std::unordered_map<std::string_view, std::size_t> numbers;
    std::vector<std::size_t> parents;
    const auto number = [&](std::string_view address) {
      const auto [at, fresh] = numbers.emplace(address, parents.size());
      if (fresh) parents.push_back(at->second);
      return at->second;
    };
    const auto root = [&](std::string_view address) {
      std::size_t at = number(address);
      while (parents[at] != at) at = parents[at] = parents[parents[at]];
      return at;
    };
    for (std::size_t i = 0; i < all_.size(); ++i) {
      for (const std::string& same : Of(i).data.exact_match) {
        const std::size_t one = root(Of(i).data.uri);
        parents[root(same)] = one;
      }
    }
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_[i].first < known_files_) continue;
      for (std::size_t n = 0; n < Of(i).data.matches.size(); ++n) {
        const model::ConceptMatch& match = Of(i).data.matches[n];
        if (match.kind == "closeMatch" || root(Of(i).data.uri) != root(match.address)) continue;
        Report(i, Of(i).match_lines[n], "match-clash",
               "the concept " + Id(i) + " has " + match.address + " as " + match.kind +
                   " and, directly or through others, as exactMatch");
      }
    }
  }

  void ReportLanguages() {
    for (const auto& [key, foreign] : foreign_) {
      const std::string language = key.second.empty() ? "no language" : "'" + key.second + "'";
      found_.push_back(
          {key.first,
           foreign.line,
           {"unknown-language",
            std::to_string(foreign.count) + " label(s) in " + language +
                ", which is none of zh-Hans, zh-Hant, ja, en: found in texts, shown to nobody",
            files_[key.first].At(foreign.line), Severity::kWarning}});
    }
  }

  const std::vector<SkosFile>& files_;
  const text::Folding& folding_;
  std::size_t known_files_ = 0;
  std::vector<std::pair<std::size_t, const SkosConcept*>> all_;  // with the number of its file
  std::vector<std::size_t> same_;  // the first of those with the same id or address
  std::unordered_map<std::string_view, std::size_t> by_id_;
  std::unordered_map<std::string_view, std::size_t> by_uri_;  // the first of each, in all_
  std::vector<std::vector<std::size_t>> broader_;
  std::map<std::string, std::vector<Bearer>> bearers_;              // by the form of the label
  std::map<std::pair<std::size_t, std::string>, Foreign> foreign_;  // by file and language
  std::vector<Placed> found_;
};

}  // namespace

std::vector<Finding> Validate(const std::vector<SkosFile>& files, const text::Folding& folding,
                              std::size_t known) {
  return Validator(files, folding, known).Run();
}

Result<std::vector<Finding>> Validate(const std::vector<std::string>& paths,
                                      const text::Folding& folding) {
  std::vector<SkosFile> files;
  for (const std::string& path : paths) {
    auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    auto file = ReadConcepts({path, std::move(*bytes)});
    if (!file) return Pass(file);
    files.push_back(std::move(*file));
  }
  return Validate(files, folding, 0);
}

bool HasErrors(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::kError; });
}

}  // namespace sakuin::thesaurus
