/** Signing in at an OpenID provider: the authorization code flow with PKCE, and what it gives. */
package io.tillwatch.console.oidc;
