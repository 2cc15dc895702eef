#include "indexer/ingest/block.h"

#include <utility>

namespace sakuin::ingest {

void LeaveOut(const std::vector<const char*>& reasons, const BlockNote& note,
              std::vector<Block>& blocks) {
  std::vector<Block> kept;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (reasons[i] != nullptr) {
      note(blocks[i], reasons[i]);
    } else {
      kept.push_back(std::move(blocks[i]));
    }
  }
  blocks = std::move(kept);
}

}  // namespace sakuin::ingest
