package peer;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Lucene with its CJK analyzer, for tests/bench/peers/run.py.
 *
 * <pre>
 * ingest INPUT.jsonl INDEX [THREADS [HEAP_MB]]
 * time INDEX QUERIES.tsv REPEAT rank|ids|snippets
 * list INDEX QUERIES.tsv
 * </pre>
 */
public final class Peer {
  private static final int WARM = 20;

  private Peer() {}

  public static void main(String[] arguments) throws Exception {
    String command = arguments.length > 2 ? arguments[0] : "";
    Path first = Path.of(arguments.length > 1 ? arguments[1] : "");
    Path second = Path.of(arguments.length > 2 ? arguments[2] : "");
    switch (command) {
      case "ingest" -> {
        int threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
        int heap = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 200;
        Ingest.run(first, second, threads, heap);
      }
      case "time" -> {
        Queries.Mode mode = Queries.Mode.valueOf(arguments[4].toUpperCase(Locale.ROOT));
        new Queries(first, second).time(Integer.parseInt(arguments[3]), WARM, mode);
      }
      case "list" -> new Queries(first, second).list();
      default -> {
        System.err.println("usage: ingest|time|list ...");
        System.exit(2);
      }
    }
  }
}
