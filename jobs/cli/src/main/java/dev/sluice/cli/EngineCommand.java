package dev.sluice.cli;

import dev.sluice.engine.app.EngineMain;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code sluice engine …}: hands everything to the engine's own main. */
@Command(
    name = "engine",
    description = "Runs the paper-trading engine in this process; 'sluice engine --help' for its options.",
    mixinStandardHelpOptions = false)
final class EngineCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = List.of();

  @Override
  public Integer call() {
    return EngineMain.run(arguments.toArray(String[]::new));
  }
}
