/** Pictures of what was measured, as SVG. */
package io.tillwatch.bench.picture;
