#include "query/app/options.h"

#include <CLI/CLI.hpp>

namespace sakuin::app {

Option Option::Required() const {
  option_->required();
  return *this;
}

Option Option::Repeated() const {
  option_->expected(1)->take_all()->allow_extra_args(false);
  return *this;
}

Option Option::OneOf(const std::vector<std::string>& values) const {
  option_->check(CLI::IsMember(values));
  return *this;
}

Option Option::Between(int least, int most) const {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option Option::Called(const std::string& name) const {
  option_->type_name(name);
  return *this;
}

Option Option::Hidden() const {
  option_->group("");
  return *this;
}

Option Option::Needs(const Option& other) const {
  option_->needs(other.option_);
  return *this;
}

Option Option::Excludes(const Option& other) const {
  option_->excludes(other.option_);
  return *this;
}

template <typename T>
Option Options::Add(const std::string& names, T& to, const std::string& text) const {
  return Option(app_->add_option(names, to, text));
}

template Option Options::Add(const std::string&, std::string&, const std::string&) const;
template Option Options::Add(const std::string&, std::vector<std::string>&,
                             const std::string&) const;
template Option Options::Add(const std::string&, int&, const std::string&) const;
template Option Options::Add(const std::string&, unsigned&, const std::string&) const;
template Option Options::Add(const std::string&, std::int64_t&, const std::string&) const;
template Option Options::Add(const std::string&, std::size_t&, const std::string&) const;

Option Options::Flag(const std::string& names, bool& to, const std::string& text) const {
  return Option(app_->add_flag(names, to, text));
}

Options Options::AddCommand(const std::string& name, const std::string& summary) const {
  CLI::App* const sub = app_->add_subcommand(name, summary);
  sub->fallthrough();
  return Options(sub);
}

void Options::RequireCommand() const { app_->require_subcommand(1); }

bool Options::IsGiven() const { return app_ != nullptr && app_->parsed(); }

}  // namespace sakuin::app
