#include "indexer/pipeline/packets.h"

#include <utility>

namespace sakuin::pipeline {
namespace {

// Many short sources cost no more to hand over than a long one.
constexpr std::uint64_t kPacketBytes = std::uint64_t{64} << 10U;
constexpr std::size_t kPacketSources = 64;

std::string IdOf(const model::Source& source) {
  return source.id.empty() ? ingest::DocumentId(source.uri) : source.id;
}

}  // namespace

Worker::Worker(Pipeline pipeline) : pipeline_(std::move(pipeline)) {}

Outcomes Worker::Analyse(Packet packet, const KnownStates& states, bool keep_source) {
  Outcomes out{{}, packet.files};
  out.all.reserve(packet.sources.size());
  for (model::Source& source : packet.sources) {
    out.all.push_back(Analyse(std::move(source), states, keep_source));
  }
  return out;
}

Outcome Worker::Analyse(model::Source source, const KnownStates& states, bool keep_source) {
  Outcome out;
  out.id = IdOf(source);
  out.uri = source.uri;
  out.place = source.place.empty() ? source.uri : source.place;
  out.bytes = source.bytes.size();
  store::Entry entry;
  entry.source_digest = SourceDigest(source);
  entry.rules_digest = pipeline_.rules().digest();
  entry.keep_source = keep_source;
  const auto known = states.find(out.id);
  if (known != states.end() && known->second.source_digest == entry.source_digest &&
      known->second.rules_digest == entry.rules_digest) {
    out.unchanged = true;
    return out;
  }
  auto made = pipeline_.Make(source);
  if (!made) {
    out.rejected = Rejected{source.uri, made.error().message, made.error().code};
    return out;
  }
  entry.document = std::move(made->document);
  entry.terms = std::move(made->indexed.terms);
  entry.fingerprint = std::move(made->indexed.fingerprint);
  entry.source = std::move(source);
  preparer_.Prepare(entry);
  out.entry = std::move(entry);
  return out;
}

bool PacketSink::Take(model::Source source) {
  packet_.bytes += source.bytes.size();
  packet_.sources.push_back(std::move(source));
  const bool full = packet_.bytes >= kPacketBytes || packet_.sources.size() >= kPacketSources;
  return full ? Flush() : !stopped_;
}

void PacketSink::Reject(Error error) {
  rejected.push_back({error.where, error.message, error.code});
}

void PacketSink::Note(std::string warning) { warnings.push_back(std::move(warning)); }

bool PacketSink::Flush() {
  Packet packet = std::exchange(packet_, {});
  if (packet.sources.empty() || stopped_) return !stopped_;
  packet.files = files;
  const std::uint64_t bytes = packet.bytes;
  stopped_ = !queue_.Push(std::move(packet), bytes);
  return !stopped_;
}

}  // namespace sakuin::pipeline
