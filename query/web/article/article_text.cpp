#include "query/web/article/article_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "indexer/text/sentences.h"
#include "query/contradictions/compare.h"

namespace sakuin::web {
namespace {

using model::Span;

// Advice whose quotes share words, as one range.
struct Quoted {
  Span span;
  std::vector<std::size_t> advice;
};

std::vector<Quoted> QuotedOf(const model::Section& section, bool in_heading) {
  std::vector<Quoted> all;
  for (std::size_t i = 0; i < section.advice.size(); ++i) {
    const model::Advice& advice = section.advice[i];
    if (advice.in_heading == in_heading) all.push_back({advice.quote, {i}});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Quoted& a, const Quoted& b) { return a.span.begin < b.span.begin; });
  std::vector<Quoted> out;
  for (Quoted& one : all) {
    if (!out.empty() && one.span.begin < out.back().span.end) {
      out.back().span.end = std::max(out.back().span.end, one.span.end);
      out.back().advice.push_back(one.advice[0]);
    } else {
      out.push_back(std::move(one));
    }
  }
  return out;
}

Span Common(Span a, Span b) {
  const Span out{std::max(a.begin, b.begin), std::min(a.end, b.end)};
  return out.begin < out.end ? out : Span{};
}

// Layers of one text, the outer ones first: advice, readings, marks.
class Layers {
 public:
  Layers(const model::Section& section, std::string_view text, std::vector<Quoted> quoted,
         const std::vector<model::Reading>& readings, std::vector<Span> marks, std::size_t& hits)
      : section_(section),
        text_(text),
        quoted_(std::move(quoted)),
        readings_(readings),
        marks_(std::move(marks)),
        hits_(hits) {}

  Html Write(Span range) {
    return Around(
        range, quoted_, [](const Quoted& one) { return one.span; },
        [this](const Quoted& one, Span part) {
          return Tag("span").Class(ClassOf(one))(WithReadings(part));
        },
        [this](Span part) { return WithReadings(part); });
  }

 private:
  // The range in parts: those of the items, which ascend, and those between.
  template <typename Item, typename SpanOf, typename Wrap, typename Plain>
  Html Around(Span range, const std::vector<Item>& items, const SpanOf& span_of, const Wrap& wrap,
              const Plain& plain) {
    Html out;
    std::uint32_t at = range.begin;
    for (const Item& item : items) {
      const Span part = Common(span_of(item), {at, range.end});
      if (part.begin == part.end) continue;
      if (part.begin > at) out += plain(Span{at, part.begin});
      out += wrap(item, part);
      at = part.end;
    }
    if (at < range.end) out += plain(Span{at, range.end});
    return out;
  }

  Html WithReadings(Span range) {
    return Around(
        range, readings_, [](const model::Reading& one) { return one.base; },
        [this](const model::Reading& one, Span part) {
          return Tag("ruby")(WithMarks(part), Tag("rp")("("), Tag("rt")(one.text), Tag("rp")(")"));
        },
        [this](Span part) { return WithMarks(part); });
  }

  Html WithMarks(Span range) {
    return Around(
        range, marks_, [](const Span& one) { return one; },
        [this](const Span& one, Span part) {
          Tag mark("mark");
          // What goes on behind another layer has its id already.
          if (part.begin == one.begin) {
            mark.Set("id", "h" + std::to_string(++hits_)).Set("tabindex", "-1");
          }
          return mark(part.In(text_));
        },
        [this](Span part) { return Html(part.In(text_)); });
  }

  std::string ClassOf(const Quoted& one) const {
    bool any_for = false;
    bool any_against = false;
    for (const std::size_t i : one.advice) {
      (contradictions::IsFor(section_.advice[i]) ? any_for : any_against) = true;
    }
    return std::string("said") + (any_for ? " said-for" : "") +
           (any_against ? " said-against" : "");
  }

  const model::Section& section_;
  std::string_view text_;
  std::vector<Quoted> quoted_;
  const std::vector<model::Reading>& readings_;
  std::vector<Span> marks_;
  std::size_t& hits_;
};

// A stop of the keyboard a sentence would be too many, unless they are wanted: scripts have keys.
Html Sentence(const model::Section& section, std::size_t number, Html content,
              const std::string& link_label) {
  const std::string place = std::to_string(section.number) + "." + std::to_string(number);
  const std::string id = "s" + place;
  Tag pin("a");
  pin.Class("pin").Set("href", "#" + id);
  if (link_label.empty()) {
    pin.Set("tabindex", "-1").Set("aria-hidden", "true");
  } else {
    pin.Set("aria-label", link_label + " " + place);
  }
  return Tag("span").Class("sentence").Set("id", id)(content, pin("\xC2\xB6"));
}

// Places of the advice whose quote begins in the range.
std::vector<std::size_t> BeginningIn(const model::Section& section, Span range) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < section.advice.size(); ++i) {
    const model::Advice& advice = section.advice[i];
    if (!advice.in_heading && advice.quote.begin >= range.begin && advice.quote.begin < range.end) {
      out.push_back(i);
    }
  }
  return out;
}

}  // namespace

Html ArticleText::Heading(const model::Section& section) {
  Layers layers(section, section.heading, QuotedOf(section, true), section.heading_readings,
                marks_.In(section.heading, section.heading_readings), hits_);
  return layers.Write({0, static_cast<std::uint32_t>(section.heading.size())});
}

Html ArticleText::Text(const model::Section& section, const std::vector<bool>& is_item) {
  Layers layers(section, section.text, QuotedOf(section, false), section.text_readings,
                marks_.In(section.text, section.text_readings), hits_);
  const auto sentences = text::Sentences(section.text);
  const std::string_view text = section.text;
  Html out;
  Html items;
  const auto end_list = [&] {
    if (!items.empty()) out += Tag("ul").Class("items")(items);
    items = Html();
  };
  std::size_t next = 0;
  std::size_t line = 0;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    Html content;
    for (; next < sentences.size() && sentences[next].begin < end; ++next) {
      content += Sentence(section, next + 1, layers.Write(sentences[next]), link_label_);
    }
    const auto advice =
        BeginningIn(section, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    const Html notes = advice.empty() ? Html() : notes_(section, advice);
    if (line < is_item.size() && is_item[line]) {
      items += Tag("li").Class("block")(Tag("div").Class("words")(content), notes);
    } else {
      end_list();
      out += Tag("div").Class("block")(Tag("p").Class("words")(content), notes);
    }
    at = end + 1;
  }
  end_list();
  return out;
}

std::string SentenceId(const model::Section& section, std::size_t at) {
  const auto sentences = text::Sentences(section.text);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (at >= sentences[i].begin && at < sentences[i].end) {
      return "s" + std::to_string(section.number) + "." + std::to_string(i + 1);
    }
  }
  return "s" + std::to_string(section.number);
}

}  // namespace sakuin::web
