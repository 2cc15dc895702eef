// What a page says while the findings that it is made of are being computed.

#include "query/server/site.h"
#include "query/web/pages.h"
#include "tests/support/cases.h"
#include "tests/support/catch.h"
#include "tests/support/search_fixture.h"

namespace sakuin::web {
namespace {

TEST_CASE("a page of findings that are not known yet asks again by itself", "[web]") {
  test::SearchFixture fixture({test::RepositoryPath("corpus/articles/en")});
  service::Place place;
  place.kb = fixture.kb();
  place.data_dir = test::RepositoryPath("corpus");
  const auto library = service::Library::Open(place);
  REQUIRE(library);
  const auto desk = service::Desk::Open(**library);
  REQUIRE(desk);
  server::GuardOptions options;
  options.port = 80;
  server::Site site(options);
  const auto web = Web::Load(place.data_dir, site.guard());
  REQUIRE(web);
  AddPages(site, **web);

  server::Request request;
  request.method = "GET";
  request.path = "/contradictions";
  request.headers = {{"host", "localhost:80"}, {"accept", "text/html"}, {"accept-language", "ja"}};
  (*library)->findings().set_patience(std::chrono::milliseconds(0));
  const server::Response early = site.Handle(request, **desk);
  CHECK(early.status == 503);
  CHECK(early.Header("Retry-After") == "2");
  CHECK(early.body.find("<meta http-equiv=\"refresh\" content=\"2\">") != std::string::npos);
  CHECK(early.body.find((*web)->In("ja")("error.again")) != std::string::npos);
  (*library)->findings().set_patience(std::chrono::minutes(1));
  const server::Response later = site.Handle(request, **desk);
  CHECK(later.status == 200);
  CHECK(later.body.find("http-equiv=\"refresh\"") == std::string::npos);
}

}  // namespace
}  // namespace sakuin::web
