/** What stands in the manifests, held against the programs that read it and the operators that take it. */
package io.tillwatch.deploy;
