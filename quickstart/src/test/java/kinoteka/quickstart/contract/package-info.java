/** Compares the running system with its OpenAPI document: generates valid and invalid requests from it and checks all responses. */
@NullMarked
package kinoteka.quickstart.contract;

import org.jspecify.annotations.NullMarked;
