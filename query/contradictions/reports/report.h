#pragma once

// What every report of contradictions is made of; one unit a format beside it.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "indexer/base/result.h"
#include "query/contradictions/reasons/reason.h"
#include "query/contradictions/reports/originals.h"
#include "query/contradictions/tensions.h"
#include "query/contradictions/witnesses.h"

namespace sakuin::contradictions {

struct ReportSide {
  const store::AdviceRecord* record = nullptr;
  Original original;
};

struct ReportPair {
  const Tension* tension = nullptr;
  ReportSide a;
  ReportSide b;
  Reason reason;
  Decided decision;           // "open" before the first verdict
  std::string decision_text;  // DecisionText()
};

struct ReportFinding {
  const Finding* finding = nullptr;
  std::vector<ReportPair> pairs;  // those that are shown, the best first; never empty
  // One piece of advice an article, of all pairs that are asked for.
  std::vector<const store::AdviceRecord*> for_it;
  std::vector<const store::AdviceRecord*> against_it;

  const Tension& top() const { return *pairs.front().tension; }
};

// What stands in front of all findings.
struct ReportHead {
  struct Line {
    const Finding* finding = nullptr;
    const Tension* top = nullptr;
  };
  std::vector<Line> findings;
  std::size_t pairs = 0;
  std::size_t compared = 0;  // pieces of advice
  std::string version;       // of the program
};

// Makes findings as reports show them.
class ReportBuilder {
 public:
  // `originals`: nullptr for formats that show no surroundings.
  ReportBuilder(const ReasonWriter& writer, const WitnessList& list, Originals* originals)
      : writer_(writer), list_(list), originals_(originals) {}

  // `tensions`: those of the finding that are asked for, the best first; `all`: show every one.
  Result<ReportFinding> Build(const Finding& finding, const std::vector<const Tension*>& tensions,
                              bool all) const;

 private:
  Result<ReportSide> Side(std::size_t witness) const;
  Status AddWitnesses(const std::vector<const Tension*>& tensions, bool first,
                      std::vector<const store::AdviceRecord*>& out) const;

  const ReasonWriter& writer_;
  const WitnessList& list_;
  Originals* originals_;
};

// A format: Head(), Finding() for each in its order, Tail() joined are the report.
class ReportFormat {
 public:
  virtual ~ReportFormat() = default;
  virtual std::string Head(const ReportHead& head) = 0;
  virtual std::string Finding(const ReportFinding& finding) = 0;
  virtual std::string Tail() = 0;
};

// RFC 4180 with LF, a row a pair; `bom`: begins with a byte order mark, as spreadsheets want it.
std::unique_ptr<ReportFormat> MakeCsvReport(bool bom);
// These two word everything in the writer's language.
std::unique_ptr<ReportFormat> MakeMarkdownReport(const ReasonWriter& writer);
// One file that asks for nothing else: no script, no request.
std::unique_ptr<ReportFormat> MakeHtmlReport(const ReasonWriter& writer);
// SARIF 2.1.0: rules are the codes, a result a pair, both originals as locations.
std::unique_ptr<ReportFormat> MakeSarifReport(const ReasonWriter& writer);

// "Title > Heading".
std::string PathText(const std::vector<std::string>& path);

}  // namespace sakuin::contradictions
