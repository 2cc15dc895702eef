#pragma once

// What every page is made with, and the frame around it.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "indexer/base/result.h"
#include "query/server/guard.h"
#include "query/server/message.h"
#include "query/service/library.h"
#include "query/web/assets.h"
#include "query/web/html.h"
#include "query/web/messages.h"

namespace sakuin::web {

// The language of the pages that was chosen.
inline constexpr const char* kUiCookie = "sakuin-ui";

// Shared by all pages. Immutable, therefore thread-safe.
class Web {
 public:
  static Result<std::unique_ptr<Web>> Load(const std::string& data_dir, const server::Guard& guard,
                                           const std::string& assets_folder = {});

  const Messages& In(const std::string& language) const;
  const Assets& assets() const { return assets_; }
  const server::Guard& guard() const { return guard_; }

 private:
  Web(std::map<std::string, Messages, std::less<>> messages, const server::Guard& guard,
      const std::string& assets_folder)
      : messages_(std::move(messages)), assets_(assets_folder), guard_(guard) {}

  std::map<std::string, Messages, std::less<>> messages_;
  Assets assets_;
  const server::Guard& guard_;
};

// One request, seen by a page.
struct View {
  const server::Request& request;
  service::Desk& desk;
  const Web& web;
  std::string ui;  // language of the page: asked for (?ui=), chosen before, or the browser's
  const Messages& say;

  View(const server::Request& request, service::Desk& desk, const Web& web);

  // A concept's name in the page's language.
  std::string Label(const std::string& concept_id) const {
    return desk.library().LabelOf(concept_id, ui);
  }
  // An aspect's name in the page's language.
  std::string Aspect(const std::string& aspect) const {
    return desk.library().aspects().NameIn(aspect, ui);
  }
  // A language's name in the page's language: "ja" -> "Japanese".
  std::string LanguageName(const std::string& language) const;
};

struct Page {
  std::string title;    // of the window, in the page's language
  std::string current;  // which of the menu: "search", "contradictions", "conditions", "sources"
  std::string query;    // what stands in the search box
  std::vector<std::pair<std::string, std::string>> kept;  // what its form sends besides
  std::vector<std::string> styles;                        // beside base.css
  std::vector<std::string> modules;                       // beside app.js
  Html head;                                              // links to feeds and the like
  Html main;
  bool wide = false;  // as much of the window as is there
  int status = 200;
};

// The whole document.
server::Response Render(const View& view, Page page);

// What a page shows, to take along in other forms: addresses and their names.
Html Exports(const View& view, const std::vector<std::pair<std::string, std::string>>& forms);

// "example.org" of "https://example.org/a"; "" where it is no address of the web.
std::string HostOf(const std::string& uri);

// The address of a document, of one section and of a sentence in it; ids are encoded.
std::string DocumentAddress(const std::string& document_id);
std::string SectionAddress(const std::string& document_id, std::uint32_t section);

}  // namespace sakuin::web
