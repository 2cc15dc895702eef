#include "query/service/search_cache.h"

#include <utility>

namespace sakuin::service {
namespace {

// Everything that an answer depends on, each part with its length before it.
std::string KeyOf(const results::SearchRequest& r) {
  std::string out;
  const auto put = [&out](const std::string& part) {
    out += std::to_string(part.size()) + ":" + part;
  };
  put(r.query);
  put(r.after);
  put(r.ui_language);
  for (const plan::Filter& filter : r.filters) {
    put(std::to_string(static_cast<int>(filter.field)));
    for (const std::string& value : filter.values) put(value);
    out += ';';
  }
  put(std::to_string(r.limit));
  put(std::to_string(static_cast<int>(r.sort)));
  for (const bool flag : {r.by_document, r.duplicates, r.expand, r.exact, r.free_text, r.facets,
                          r.snippets, r.explain}) {
    out += flag ? '1' : '0';
  }
  return out;
}

// About what it takes: texts, and the smaller things by their number.
std::size_t BytesOf(const results::SearchResult& result) {
  constexpr std::size_t kSmall = 128;
  std::size_t out = 16 * kSmall + kSmall * (result.conditions.size() + result.expanded.size());
  for (const auto& [name, counts] : result.facets) out += kSmall * (1 + counts.size());
  for (const results::Hit& hit : result.hits) {
    const model::Section& section = hit.record.section;
    out += sizeof hit + section.text.size() + section.heading.size() + hit.snippet.text.size();
    out +=
        kSmall * (section.path.size() + section.tags.size() + hit.reasons.size() +
                  hit.parts.size() + hit.further_sections.size() + hit.snippet.highlights.size());
    for (const model::Tag& tag : section.tags) {
      out += sizeof(model::Span) * (tag.text_spans.size() + tag.heading_spans.size());
    }
    for (const results::AlsoAt& other : hit.also_at) {
      out += 3 * kSmall + kSmall * other.sections.size();
    }
  }
  return out;
}

}  // namespace

void SearchCache::Forget() {
  entries_.clear();
  by_key_.clear();
  bytes_ = 0;
}

SearchCache::Kept SearchCache::Find(std::int64_t generation,
                                    const results::SearchRequest& request) {
  const std::string key = KeyOf(request);
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return nullptr;
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->result;
}

void SearchCache::Keep(std::int64_t generation, const results::SearchRequest& request,
                       Kept result) {
  constexpr std::size_t kShare = 8;
  std::string key = KeyOf(request);
  const std::size_t bytes = BytesOf(*result) + 2 * key.size();
  if (bytes > most_bytes_ / kShare) return;
  const std::lock_guard lock(mutex_);
  // Of an older state: somebody has asked in a newer one meanwhile.
  if (generation < generation_) return;
  if (generation > generation_) Forget();
  generation_ = generation;
  if (by_key_.contains(key)) return;
  while (bytes_ + bytes > most_bytes_ && !entries_.empty()) {
    bytes_ -= entries_.back().bytes;
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  entries_.push_front({std::move(key), std::move(result), bytes});
  by_key_.emplace(entries_.front().key, entries_.begin());
  bytes_ += bytes;
}

std::size_t SearchCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace sakuin::service
