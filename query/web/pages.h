#pragma once

// The pages for a browser.

#include "query/server/site.h"
#include "query/web/view.h"

namespace sakuin::web {

// `web` must outlive the site. One Add...() a page, in a folder of its own.
void AddPages(server::Site& site, const Web& web);

void AddSearchPage(server::Site& site, const Web& web);
void AddContradictionList(server::Site& site, const Web& web);
void AddContradictionPage(server::Site& site, const Web& web);
void AddVerdicts(server::Site& site, const Web& web);
void AddConditionTree(server::Site& site, const Web& web);
void AddConditionPage(server::Site& site, const Web& web);
void AddLogin(server::Site& site, const Web& web);
void AddArticlePage(server::Site& site, const Web& web);
void AddSourcesPage(server::Site& site, const Web& web);

}  // namespace sakuin::web
