/** The pages, and who may see and do what on them. */
package io.tillwatch.console.web;
