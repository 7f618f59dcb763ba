/** Programs of this project in processes of their own, each with its own class path, that can be ended, frozen and started again. */
package io.tillwatch.cli.process;
