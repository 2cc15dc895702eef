#pragma once

// What a page says of its own encoding.

#include <string_view>

#include "indexer/ingest/encoding/encoding_labels.h"

namespace sakuin::ingest {

// "Prescan a byte stream to determine its encoding" of the HTML Standard (13.2.3.2): comments,
// other tags' attributes, http-equiv with content, charset; UTF-16 means UTF-8 there. Looks at the
// first 64 KiB, not 1024 bytes: a <meta> behind those makes a browser's parser change the encoding
// too. nullptr where nothing is declared.
const Encoding* PrescanMeta(std::string_view bytes);

// encoding="NAME" of an XML declaration that the bytes begin with, else nullptr.
const Encoding* XmlDeclared(std::string_view bytes);

}  // namespace sakuin::ingest
