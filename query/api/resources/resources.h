#pragma once

// One function a group of resources: adds its routes.

#include "query/api/answers/endpoint.h"

namespace sakuin::api {

void AddSearch(Endpoints& endpoints);          // search, suggest
void AddDocuments(Endpoints& endpoints);       // documents, sections
void AddConcepts(Endpoints& endpoints);        // concepts, conditions
void AddAdvice(Endpoints& endpoints);          // advice, positions
void AddContradictions(Endpoints& endpoints);  // findings and pairs
void AddReviews(Endpoints& endpoints);         // what was decided, and deciding
void AddHealth(Endpoints& endpoints);          // stats, healthz, metrics

}  // namespace sakuin::api
