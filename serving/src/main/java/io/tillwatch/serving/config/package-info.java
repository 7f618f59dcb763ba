/** How the processes are configured: a file with the environment over it, and every problem told at once. */
package io.tillwatch.serving.config;
