/** People who sign in elsewhere: the access tokens of an OpenID provider, and who their subjects are here. */
package io.tillwatch.responder.oidc;
