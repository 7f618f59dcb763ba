/** An OpenID provider as the processes know it: where its parts are, and with which keys it signs now. */
package io.tillwatch.serving.oidc;
