// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Verdict;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Processor time of one mark, roughly; run its main. */
final class RiskBench {
  private static final int MARKS = 1_000_000;

  private RiskBench() {}

  public static void main(String[] arguments) {
    for (int[] size : new int[][] {{1, 1}, {2, 1}, {2, 4}, {10, 10}}) {
      for (int round = 0; round < 3; round++) {
        measure(size[0], size[1], round == 2);
      }
    }
  }

  private static void measure(int engines, int symbols, boolean print) {
    List<String> roster = new ArrayList<>();
    for (int i = 0; i < engines; i++) {
      roster.add("mm-" + i);
    }
    RiskRun seed = new RiskRun(ShippedCriteria.all(), roster.toArray(String[]::new));
    for (String engine : roster) {
      seed.health(engine, 0, 100_000);
      for (int symbol = 0; symbol < symbols; symbol++) {
        double qty = (engine.hashCode() + symbol) % 2 == 0 ? 1 : -1;
        seed.fill(engine, "S" + symbol, 1, qty, 100);
      }
    }
    Silent silent = new Silent();
    PortfolioJudge judge =
        new PortfolioJudge(
            RiskSettings.defaults(),
            roster,
            ShippedCriteria.all(),
            60_000,
            seed.judge.snapshot(),
            silent);
    Random random = new Random(1);
    Mark[] marks = new Mark[MARKS];
    for (int i = 0; i < MARKS; i++) {
      String engine = roster.get(i % engines);
      double mid = 100 + random.nextInt(100) / 100.0;
      // two ticks a second and engine and symbol, as in the demo
      long us = RiskRun.us(2) + i * 500_000L / engines / symbols;
      marks[i] = new Mark(engine, "S" + (i / engines) % symbols, mid, us, us);
    }
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (Mark mark : marks) {
      judge.mark(mark);
    }
    double ns =
        (double) (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / MARKS;
    if (print) {
      System.out.printf(
          "%d engines, %d symbols: %.0f ns a mark, %.0f marks/s, %d verdicts%n",
          engines, symbols, ns, 1e9 / ns, silent.verdicts);
    }
  }

  private static final class Silent implements RiskOutput {
    private long verdicts;

    @Override
    public void verdict(Verdict verdict) {
      verdicts++;
    }

    @Override
    public void audit(RiskAudit audit) {}

    @Override
    public void count(Count what) {}
  }
}
