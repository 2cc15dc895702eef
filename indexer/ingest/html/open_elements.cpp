#include "indexer/ingest/html/open_elements.h"

namespace sakuin::ingest {

std::uint32_t OpenElements::KindOf(const std::string& name) {
  const auto [it, fresh] = ids_.emplace(name, static_cast<std::uint32_t>(kinds_.size()));
  if (fresh) kinds_.push_back({name, TraitsOf(name), 0, 0, 0});
  return it->second;
}

bool OpenElements::Holds(const std::string& name) const {
  const auto found = ids_.find(name);
  return found != ids_.end() && kinds_[found->second].open > 0;
}

void OpenElements::Push(std::uint32_t id, bool dropped) {
  stack_.push_back({id, dropped});
  ++kinds_[id].open;
  if (!dropped) ++depth_;
}

// Takes off everything from index `to` on. What lies above that one and does not end by itself was
// closed by force; a parser that sees it otherwise keeps it open. Up to `deepest_` of those are
// believed, then this pass no longer closes anything so: it may count too deep, never far too flat.
bool OpenElements::Pop(std::size_t to) {
  std::size_t forced = 0;
  for (std::size_t i = to + 1; i < stack_.size(); ++i) {
    const NameTraits& traits = KindAt(i).traits;
    if (!stack_[i].dropped && !traits.implied && !traits.formatting) ++forced;
  }
  if (forced_ + forced > deepest_) return false;
  forced_ += forced;
  while (stack_.size() > to) {
    --kinds_[stack_.back().kind].open;
    if (!stack_.back().dropped) --depth_;
    stack_.pop_back();
  }
  return true;
}

bool OpenElements::CloseNearest(bool (*wanted)(const Kind&), bool (*stops)(const Kind&)) {
  for (std::size_t i = stack_.size(); i > 0; --i) {
    if (wanted(KindAt(i - 1))) return Pop(i - 1);
    if (stops(KindAt(i - 1))) return false;
  }
  return false;
}

// What a start tag ends before it opens its own element.
void OpenElements::CloseBefore(std::uint32_t id) {
  const std::string name = kinds_[id].name;
  const NameTraits traits = kinds_[id].traits;
  const auto stops_item = [](const Kind& k) {
    return k.traits.special && k.name != "address" && k.name != "div" && k.name != "p";
  };
  if (name == "li") CloseNearest([](const Kind& k) { return k.name == "li"; }, stops_item);
  if (name == "dd" || name == "dt") {
    CloseNearest([](const Kind& k) { return k.name == "dd" || k.name == "dt"; }, stops_item);
  }
  if (traits.closes_p && Holds("p")) {
    CloseNearest([](const Kind& k) { return k.name == "p"; },
                 [](const Kind& k) { return k.traits.scope || k.name == "button"; });
  }
  const auto table = [](const Kind& k) { return k.name == "table" || k.name == "template"; };
  if (traits.table_part && Holds("table")) {
    CloseNearest([](const Kind& k) { return k.name == "td" || k.name == "th"; },
                 [](const Kind& k) { return k.name == "table" || k.name == "template"; });
    if (name != "td" && name != "th") {
      CloseNearest([](const Kind& k) { return k.name == "tr"; }, table);
    }
    if (name != "td" && name != "th" && name != "tr") {
      CloseNearest([](const Kind& k) { return k.traits.table_part; }, table);
    }
  }
  const bool ruby = name == "rt" || name == "rp" || name == "rb" || name == "rtc";
  if (stack_.empty() || !(ruby || name == "option" || name == "optgroup")) return;
  const NameTraits& top = KindAt(stack_.size() - 1).traits;
  const bool same = KindAt(stack_.size() - 1).name == name;
  if (same || (ruby && top.implied && KindAt(stack_.size() - 1).name.starts_with("r"))) {
    Pop(stack_.size() - 1);
  }
}

bool OpenElements::Start(const std::string& name) {
  const std::uint32_t id = KindOf(name);
  if (kinds_[id].traits.formatting) return StartFormatting(id);
  if (depth_ < deepest_) CloseBefore(id);
  const bool dropped = depth_ >= deepest_;
  Push(id, dropped);
  if (dropped) {
    ++flattened_;
  } else {
    made_ += 1 + active_;
  }
  return !dropped;
}

void OpenElements::Void(const std::string& name) {
  const std::uint32_t id = KindOf(name);
  if (kinds_[id].traits.closes_p && depth_ < deepest_) CloseBefore(id);
  made_ += 1 + active_;
}

bool OpenElements::StartFormatting(std::uint32_t id) {
  Kind& kind = kinds_[id];
  if (kind.name == "a" && kind.active > 0) {  // a link ends the one before
    active_ -= kind.active;
    kind.active = 0;
  }
  if (active_ >= most_formatting_ || depth_ >= deepest_) {
    ++kind.dropped;
    return false;
  }
  ++kind.active;
  ++active_;
  Push(id, false);
  made_ += active_;
  return true;
}

bool OpenElements::EndFormatting(std::uint32_t id) {
  Kind& kind = kinds_[id];
  if (kind.dropped > 0) {
    --kind.dropped;
    return false;
  }
  if (kind.active > 0) {
    --kind.active;
    --active_;
  }
  // Only the element itself goes; a block that was opened in it stays open.
  for (std::size_t i = stack_.size(); kind.open > 0 && i > 0; --i) {
    if (stack_[i - 1].kind != id) continue;
    stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(i) - 1);
    --kind.open;
    --depth_;
    break;
  }
  made_ += active_;
  return true;
}

bool OpenElements::End(const std::string& name) {
  const std::uint32_t id = KindOf(name);
  const NameTraits traits = kinds_[id].traits;
  if (traits.formatting) return EndFormatting(id);
  if (name == "p" || name == "br") made_ += 1 + active_;  // makes an element where none is open
  if (kinds_[id].open == 0) return true;
  for (std::size_t i = stack_.size(); i > 0; --i) {
    const Entry entry = stack_[i - 1];
    if (entry.kind == id) {
      if (!Pop(i - 1)) return true;
      return !entry.dropped;
    }
    const NameTraits& other = KindAt(i - 1).traits;
    if (entry.dropped) continue;
    const bool stops = traits.table_part || name == "table"
                           ? KindAt(i - 1).name == "table"
                           : (traits.special ? other.scope : other.special);
    if (stops) return true;
  }
  return true;
}

}  // namespace sakuin::ingest
