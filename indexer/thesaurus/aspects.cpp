#include "indexer/thesaurus/aspects.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "indexer/base/data_dir.h"
#include "indexer/base/digest.h"
#include "indexer/base/files.h"

namespace sakuin::thesaurus {
namespace {

constexpr double kLikely = -0.2;       // log-odds that an aspect beside the primary one needs
constexpr double kPossible = -1.0;     // and that the primary one needs
constexpr double kTitle = 0.3;         // a title is about the whole document, its lead is not
constexpr double kFurtherAbove = 0.5;  // the heading above, where the own one says something
constexpr std::size_t kMost = 3;       // aspects of a section, faq not counted

constexpr std::size_t kCueKindCount = kCueKinds.size();
constexpr std::size_t kPlaces = 3;
// What is weighed: cues by place and kind, then what is known without any cue.
constexpr std::size_t kCueFeatures = kPlaces * kCueKindCount;
constexpr std::size_t kBias = kCueFeatures;
constexpr std::array<std::string_view, 5> kRoleNames = {"section", "lead", "overview", "chapter",
                                                        "answer"};
constexpr std::size_t kFeatures = kCueFeatures + 1 + kRoleNames.size();

using Values = std::array<double, kFeatures>;

constexpr std::array<std::string_view, kPlaces> kPlaceNames = {"heading", "above", "text"};

std::size_t FeatureOf(const CueHit& hit) {
  return static_cast<std::size_t>(hit.place) * kCueKindCount + hit.kind;
}

std::string NameOf(std::size_t feature) {
  if (feature == kBias) return "bias";
  if (feature > kBias) return std::string(kRoleNames[feature - kBias - 1]);
  return std::string(kPlaceNames[feature / kCueKindCount]) + ":" +
         std::string(kCueKinds[feature % kCueKindCount]);
}

// Of the cues of one kind in one place and sentence, the strongest.
void KeepStrongest(std::vector<CueHit>& hits) {
  const auto key = [](const CueHit& hit) {
    return std::make_tuple(FeatureOf(hit), hit.sentence, -hit.strength, hit.begin);
  };
  std::sort(hits.begin(), hits.end(),
            [&key](const CueHit& a, const CueHit& b) { return key(a) < key(b); });
  const auto same = [](const CueHit& a, const CueHit& b) {
    return FeatureOf(a) == FeatureOf(b) && a.sentence == b.sentence;
  };
  hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
}

// A section as the weights see it.
struct Reading {
  std::vector<CueHit> hits;
  std::vector<double> amounts;  // what each hit adds to its feature
  Values values{};
};

}  // namespace

struct AspectRules::Impl {
  struct Language {
    std::string name;  // "zh", "ja", "en"
    CueTable cues;
  };
  std::vector<Language> languages;
  std::array<Values, kAspects.size()> weights{};
  std::string digest;

  Status AddWeight(const TsvRow& row) {
    const auto aspect = std::find(kAspects.begin(), kAspects.end(), row.fields[0]);
    if (aspect == kAspects.end()) {
      return Fail(ErrorCode::kBadData, "'" + row.fields[0] + "' is no aspect", row.where);
    }
    std::size_t feature = 0;
    while (feature < kFeatures && NameOf(feature) != row.fields[1]) ++feature;
    if (feature == kFeatures) {
      return Fail(ErrorCode::kBadData, "'" + row.fields[1] + "' is nothing that is weighed",
                  row.where);
    }
    char* end = nullptr;
    const double weight = std::strtod(row.fields[2].c_str(), &end);
    double& place = weights[static_cast<std::size_t>(aspect - kAspects.begin())][feature];
    if (*end != '\0' || !std::isfinite(weight) || weight == 0 || place != 0) {
      return Fail(ErrorCode::kBadData, "wants one weight, not 0", row.where);
    }
    place = weight;
    return {};
  }

  Reading Read(const AspectInput& input) const {
    Reading out;
    const auto speaks = [&input](const Language& one) {
      return input.language.substr(0, 2) == one.name;
    };
    const bool known = std::any_of(languages.begin(), languages.end(), speaks);
    for (const Language& one : languages) {
      if (known && !speaks(one)) continue;
      one.cues.Find(input.heading, CuePlace::kHeading, out.hits);
      one.cues.Find(input.parent_heading, CuePlace::kAbove, out.hits);
      one.cues.Find(input.text, CuePlace::kText, out.hits);
    }
    for (CueHit& hit : out.hits) {
      if (hit.place != CuePlace::kText) hit.sentence = 0;
    }
    KeepStrongest(out.hits);
    Values sums{};
    bool headed = false;
    for (const CueHit& hit : out.hits) {
      sums[FeatureOf(hit)] += hit.strength;
      headed = headed || (hit.place == CuePlace::kHeading && hit.kind < kAspects.size());
    }
    for (const CueHit& hit : out.hits) {
      const double sum = sums[FeatureOf(hit)];
      const double amount = hit.place == CuePlace::kText    ? std::log2(1 + sum) / 2
                            : hit.place == CuePlace::kAbove ? sum * (headed ? kFurtherAbove : 1)
                                                            : sum * (IsLead(input) ? kTitle : 1);
      out.amounts.push_back(amount * hit.strength / sum);
      out.values[FeatureOf(hit)] += out.amounts.back();
    }
    out.values[kBias] = 1;
    out.values[kBias + 1 + static_cast<std::size_t>(input.role)] = 1;
    return out;
  }

  static bool IsLead(const AspectInput& input) {
    return input.role == SectionRole::kLead || input.role == SectionRole::kOverview;
  }

  std::vector<AspectEvidence> Weigh(const Reading& reading) const {
    std::vector<AspectEvidence> out;
    for (std::size_t a = 0; a < kAspects.size(); ++a) {
      AspectEvidence& evidence = out.emplace_back();
      evidence.aspect = kAspects[a];
      for (std::size_t f = kBias; f < kFeatures; ++f) {
        evidence.prior += weights[a][f] * reading.values[f];
      }
      double sum = evidence.prior;
      for (std::size_t i = 0; i < reading.hits.size(); ++i) {
        const CueHit& hit = reading.hits[i];
        const double weight = weights[a][FeatureOf(hit)] * reading.amounts[i];
        if (weight == 0) continue;
        sum += weight;
        evidence.cues.push_back({kCueKinds[hit.kind], hit.place, hit.begin, hit.end, weight});
      }
      std::sort(evidence.cues.begin(), evidence.cues.end(),
                [](const AspectCue& x, const AspectCue& y) {
                  return std::make_tuple(x.place, x.begin, x.kind) <
                         std::make_tuple(y.place, y.begin, y.kind);
                });
      evidence.score = sum;
    }
    return out;
  }
};

Result<AspectRules> AspectRules::Load(const std::string& data_dir, const text::Folding& folding) {
  auto impl = std::make_unique<Impl>();
  std::string digests;
  const auto read = [&digests](const std::string& path) -> Status {
    const auto bytes = files::Read(path);
    if (!bytes) return Pass(bytes);
    digests += Digest(*bytes);
    return {};
  };
  for (const char* const language : {"zh", "ja", "en"}) {
    const std::string path = data_dir + "/language/" + language + "/aspects.tsv";
    if (const Status done = read(path); !done) return Pass(done);
    Impl::Language& one = impl->languages.emplace_back();
    one.name = language;
    if (const Status done = one.cues.Read(path, folding); !done) return Pass(done);
  }
  const std::string path = data_dir + "/language/aspect_weights.tsv";
  if (const Status done = read(path); !done) return Pass(done);
  const auto rows = ReadTsv(path, 3, 3);
  if (!rows) return Pass(rows);
  for (const TsvRow& row : *rows) {
    if (const Status done = impl->AddWeight(row); !done) return Pass(done);
  }
  impl->digest = Digest(digests);
  return AspectRules(std::move(impl));
}

std::vector<AspectEvidence> AspectRules::Explain(const AspectInput& input) const {
  const Reading reading = impl_->Read(input);
  std::vector<AspectEvidence> out = impl_->Weigh(reading);
  std::stable_sort(out.begin(), out.end(), [](const AspectEvidence& a, const AspectEvidence& b) {
    return a.score > b.score;
  });
  const bool asked = std::any_of(out.begin(), out.end(), [](const AspectEvidence& e) {
    return e.aspect == "faq" && e.score > kLikely;
  });
  std::size_t count = 0;
  for (AspectEvidence& evidence : out) {
    const bool faq = evidence.aspect == "faq";
    const bool alone = !asked && !faq && count == 0;
    const bool enough = evidence.score > (alone ? kPossible : kLikely);
    evidence.found = !reading.hits.empty() && enough && (faq || count < kMost);
    if (evidence.found && !faq) ++count;
    evidence.score = 1 / (1 + std::exp(-evidence.score));
  }
  // A question is the form; what it is about comes first.
  std::stable_partition(out.begin(), out.end(), [](const AspectEvidence& e) { return e.found; });
  std::stable_partition(out.begin(), out.end(),
                        [](const AspectEvidence& e) { return e.found && e.aspect != "faq"; });
  return out;
}

std::vector<std::string> AspectRules::Find(const AspectInput& input) const {
  std::vector<std::string> out;
  for (const AspectEvidence& evidence : Explain(input)) {
    if (evidence.found) out.emplace_back(evidence.aspect);
  }
  return out;
}

std::vector<std::pair<std::string, double>> AspectRules::Features(const AspectInput& input) const {
  const Reading reading = impl_->Read(input);
  std::vector<std::pair<std::string, double>> out;
  for (std::size_t f = 0; f < kFeatures; ++f) {
    if (reading.values[f] != 0) out.emplace_back(NameOf(f), reading.values[f]);
  }
  return out;
}

bool AspectRules::AsksQuestions(std::string_view language,
                                const std::vector<std::u32string_view>& headings) const {
  const auto asks = [&](std::u32string_view heading) {
    if (heading.ends_with(U'?')) return true;
    const Reading reading = impl_->Read({language, heading, {}, {}});
    return std::any_of(reading.hits.begin(), reading.hits.end(),
                       [](const CueHit& hit) { return kCueKinds[hit.kind] == "faq"; });
  };
  const auto count = std::count_if(headings.begin(), headings.end(), asks);
  return headings.size() >= 3 && static_cast<std::size_t>(count) * 5 >= headings.size() * 3;
}

const std::string& AspectRules::digest() const { return impl_->digest; }

AspectRules::AspectRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AspectRules::AspectRules(AspectRules&&) noexcept = default;
AspectRules& AspectRules::operator=(AspectRules&&) noexcept = default;
AspectRules::~AspectRules() = default;

}  // namespace sakuin::thesaurus
