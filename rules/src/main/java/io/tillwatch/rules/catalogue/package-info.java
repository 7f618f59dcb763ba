/**
 * The catalogue: every way in which a payment can be wrong, each a method that reads like its sentence, grouped by the
 * life that it is about. {@link io.tillwatch.rules.catalogue.Catalogue} takes them in order.
 */
package io.tillwatch.rules.catalogue;
