#pragma once

// The pages for a browser.

#include "query/server/site.h"
#include "query/web/view.h"

namespace sakuin::web {

// `web` must outlive the site. One Add...() a page, in a folder of its own.
void AddPages(server::Site& site, const Web& web);

void AddSearchPage(server::Site& site, const Web& web);

}  // namespace sakuin::web
