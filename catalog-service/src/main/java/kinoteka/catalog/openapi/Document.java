package kinoteka.catalog.openapi;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** The API's document as it is sent. */
record Document(@JsonValue @JsonRawValue String json) {}
