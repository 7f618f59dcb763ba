/** An OpenID provider for tests: real HTTP, real keys, and what tests need it to do wrong. */
package io.tillwatch.identity;
