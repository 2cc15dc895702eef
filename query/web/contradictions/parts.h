#pragma once

// What the list and the page of one finding say in the same way.

#include <string>

#include "query/contradictions/selection.h"
#include "query/web/view.h"

namespace sakuin::web {

// A sign and a word: never the colour alone.
Html SeverityMark(const View& view, contradictions::Severity severity);

std::string KindName(const View& view, contradictions::Kind kind);
std::string StateName(const View& view, const std::string& state);

// "ice"; "training / stretching" where the sides name two actions; "rest or keep moving" where
// these exclude each other.
std::string ActionsOf(const View& view, const contradictions::Tension& tension,
                      const service::Findings& findings);
// What a finding is counted under: its action, or of two alternatives the first class.
const std::string& ActionColumn(const contradictions::SelectedFinding& finding);
// The condition's name; says so where none is named.
std::string ConditionOf(const View& view, const std::string& condition);
// "ice: ankle sprain"
std::string TopicOf(const View& view, const contradictions::Tension& tension,
                    const service::Findings& findings);

// "3 articles for, 2 against", or of each side where both recommend.
Html SourcesOf(const View& view, const contradictions::Finding& finding,
               const contradictions::Tension& top, const service::Findings& findings);

// A language, or two, of a pair: "Chinese and Japanese".
std::string LanguagesName(const View& view, const std::string& languages);

// "+" or the minus sign, with the word for a reader who does not see it.
Html Direction(const View& view, bool is_for);

// A quote with the words of the action marked.
Html QuoteOf(const store::AdviceRecord& record);

// A review's time as "2026-11-29 08:05", in UTC.
Html TimeOf(const std::string& at);

// The day of a document's date, which may be given to the second.
std::string DayOf(const std::string& published);

std::string FindingAddress(const std::string& id);

// Where a piece of advice is read: its note in the margin, beside its words.
std::string AdviceAddress(const store::AdviceRecord& record);

}  // namespace sakuin::web
