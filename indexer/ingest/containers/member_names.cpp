#include "indexer/ingest/containers/member_names.h"

#include <algorithm>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/encoding/charset.h"

namespace sakuin::ingest {
namespace {

constexpr std::size_t kSample = 65536;

bool HasDrive(std::string_view name) {
  return name.size() >= 2 && name[1] == ':' &&
         ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'));
}

}  // namespace

MemberNames::MemberNames(const EncodingDetector& detector, const std::vector<std::string>& names)
    : detector_(&detector) {
  std::string sample;
  for (const std::string& name : names) {
    if (sample.size() >= kSample) break;
    sample += name + "\n";
  }
  const Encoding* const found = detector.Detect(sample);
  if (found != nullptr) encoding_ = found->name;
}

std::string MemberNames::Readable(const std::string& name) const {
  if (!utf8::FindInvalid(name)) return name;
  auto decoded = Decode(name, encoding_, false, *detector_);
  return decoded ? std::move(decoded->text) : utf8::Encode(utf8::Decode(name));
}

Result<std::string> SafeName(std::string_view name) {
  std::string plain(name);
  if (plain.find('/') == std::string::npos) std::replace(plain.begin(), plain.end(), '\\', '/');
  if (plain.empty()) return Fail(ErrorCode::kBadInput, "has no name");
  if (plain.front() == '/' || HasDrive(plain)) {
    return Fail(ErrorCode::kBadInput, "its name is absolute: it leads out of the archive");
  }
  std::string both = plain;
  std::replace(both.begin(), both.end(), '\\', '/');
  const std::vector<std::string> steps = Split(both, '/');
  if (std::find(steps.begin(), steps.end(), "..") != steps.end()) {
    return Fail(ErrorCode::kBadInput, "its name holds '..': it leads out of the archive");
  }
  std::string out;
  for (const std::string& part : Split(plain, '/')) {
    if (part.empty() || part == ".") continue;
    if (!out.empty()) out += '/';
    out += part;
  }
  if (out.empty()) return Fail(ErrorCode::kBadInput, "has no name");
  return out;
}

bool IsHiddenName(std::string_view name) {
  const std::vector<std::string> parts = Split(name, '/');
  return std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
    return part.starts_with('.') || part == "__MACOSX";
  });
}

}  // namespace sakuin::ingest
