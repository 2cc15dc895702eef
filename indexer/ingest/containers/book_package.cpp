#include "indexer/ingest/containers/book_package.h"

#include <algorithm>
#include <pugixml.hpp>
#include <utility>

#include "indexer/base/data_dir.h"
#include "indexer/base/utf8.h"
#include "indexer/ingest/dates.h"

namespace sakuin::ingest {
namespace {

// Prefixes of names are the writer's choice.
std::string_view LocalName(pugi::xml_node node) {
  std::string_view name = node.name();
  return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
}

std::vector<pugi::xml_node> Named(pugi::xml_node below, std::string_view name) {
  struct Walker : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node& node) override {
      if (LocalName(node) == wanted) found.push_back(node);
      return true;
    }
    std::string_view wanted;
    std::vector<pugi::xml_node> found;
  };
  Walker walker;
  walker.wanted = name;
  below.traverse(walker);
  return walker.found;
}

pugi::xml_node FirstNamed(pugi::xml_node below, std::string_view name) {
  const std::vector<pugi::xml_node> all = Named(below, name);
  return all.empty() ? pugi::xml_node() : all.front();
}

// All text below the node, blanks as one.
std::string TextOf(pugi::xml_node node) {
  struct Walker : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node& one) override {
      text += one.value();
      return true;
    }
    std::string text;
  };
  Walker walker;
  node.traverse(walker);
  std::string out;
  for (const std::string& word : Split(walker.text, '\n')) {
    const std::string_view trimmed = utf8::Trim(word);
    if (trimmed.empty()) continue;
    if (!out.empty()) out += ' ';
    out += trimmed;
  }
  return out;
}

// "%E7%AB%A0.xhtml#a" beside `base` -> the file's name.
std::string Resolve(std::string_view base, std::string_view href) {
  href = href.substr(0, href.find('#'));
  std::string plain;
  for (std::size_t i = 0; i < href.size(); ++i) {
    const auto digit = [&href](std::size_t at) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      const char c = href[at];
      return kDigits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    };
    if (href[i] == '%' && i + 2 < href.size() && digit(i + 1) != std::string_view::npos &&
        digit(i + 2) != std::string_view::npos) {
      plain += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
      i += 2;
    } else {
      plain += href[i];
    }
  }
  const std::size_t slash = base.rfind('/');
  std::vector<std::string> steps;
  if (slash != std::string_view::npos) steps = Split(base.substr(0, slash), '/');
  for (const std::string& step : Split(plain, '/')) {
    if (step == ".." && !steps.empty()) steps.pop_back();
    if (!step.empty() && step != "." && step != "..") steps.push_back(step);
  }
  std::string out;
  for (const std::string& step : steps) out += (out.empty() ? "" : "/") + step;
  return out;
}

Status Load(const BookFiles& files, const std::string& name, pugi::xml_document& to) {
  const auto file = files.find(name);
  if (file == files.end()) return Fail(ErrorCode::kBadInput, "has no " + name);
  const auto read = to.load_buffer(file->second.data(), file->second.size());
  if (read) return {};
  return Fail(ErrorCode::kBadInput, name + " is no XML at byte " + std::to_string(read.offset) +
                                        ": " + read.description());
}

// What the navigation calls each file: EPUB 3's <nav>, else EPUB 2's NCX.
std::map<std::string, std::string> TitlesOf(const BookFiles& files, const std::string& name) {
  std::map<std::string, std::string> out;
  pugi::xml_document document;
  if (!Load(files, name, document)) return out;
  for (const pugi::xml_node point : Named(document, "navPoint")) {
    const std::string href = FirstNamed(point, "content").attribute("src").value();
    out.emplace(Resolve(name, href), TextOf(FirstNamed(point, "navLabel")));
  }
  for (const pugi::xml_node nav : Named(document, "nav")) {
    const std::string_view type = nav.attribute("epub:type").value();
    if (!type.empty() && type != "toc") continue;
    for (const pugi::xml_node link : Named(nav, "a")) {
      out.emplace(Resolve(name, link.attribute("href").value()), TextOf(link));
    }
  }
  return out;
}

void ReadMetadata(pugi::xml_node package, BookPackage& out) {
  const pugi::xml_node metadata = FirstNamed(package, "metadata");
  out.title = TextOf(FirstNamed(metadata, "title"));
  out.language = TextOf(FirstNamed(metadata, "language"));
  for (const pugi::xml_node creator : Named(metadata, "creator")) {
    const std::string name = TextOf(creator);
    if (!name.empty()) out.author += (out.author.empty() ? "" : ", ") + name;
  }
  for (const pugi::xml_node date : Named(metadata, "date")) {
    const std::string_view event = date.attribute("opf:event").value();
    if (out.published.empty() && (event.empty() || event == "publication")) {
      out.published = FindDate(TextOf(date), DateWords());
    }
  }
}

bool IsPage(std::string_view type) {
  return type == "application/xhtml+xml" || type == "text/html" || type == "text/x-oeb1-document";
}

}  // namespace

Result<BookPackage> ReadBookPackage(const BookFiles& files) {
  pugi::xml_document container;
  if (const Status read = Load(files, "META-INF/container.xml", container); !read) {
    return Pass(read);
  }
  const std::string path = FirstNamed(container, "rootfile").attribute("full-path").value();
  pugi::xml_document document;
  if (const Status read = Load(files, path, document); !read) return Pass(read);
  BookPackage out;
  ReadMetadata(document, out);
  std::map<std::string, pugi::xml_node> items;
  std::map<std::string, std::string> titles;
  for (const pugi::xml_node item : Named(document, "item")) {
    items.emplace(item.attribute("id").value(), item);
    const std::string_view properties = item.attribute("properties").value();
    const std::string_view type = item.attribute("media-type").value();
    const bool navigation =
        properties.find("nav") != std::string_view::npos || type == "application/x-dtbncx+xml";
    if (!navigation) continue;
    titles.merge(TitlesOf(files, Resolve(path, item.attribute("href").value())));
  }
  for (const pugi::xml_node step : Named(document, "itemref")) {
    const auto item = items.find(step.attribute("idref").value());
    if (item == items.end() || !IsPage(item->second.attribute("media-type").value())) continue;
    const std::string_view properties = item->second.attribute("properties").value();
    const bool aside = std::string_view(step.attribute("linear").value()) == "no";
    if (aside || properties.find("nav") != std::string_view::npos) continue;
    const std::string name = Resolve(path, item->second.attribute("href").value());
    const auto title = titles.find(name);
    out.chapters.push_back({name, title == titles.end() ? std::string() : title->second});
  }
  return out;
}

std::vector<std::string> EncryptedFiles(const BookFiles& files) {
  std::vector<std::string> out;
  pugi::xml_document document;
  if (!Load(files, "META-INF/encryption.xml", document)) return out;
  for (const pugi::xml_node reference : Named(document, "CipherReference")) {
    out.push_back(Resolve("", reference.attribute("URI").value()));
  }
  return out;
}

}  // namespace sakuin::ingest
