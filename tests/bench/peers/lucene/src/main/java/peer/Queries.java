package peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/** The queries of the benchmark: timing them, counting and listing what they find. */
final class Queries {
  private static final int HITS = 10;

  /** How much of an answer is timed. */
  enum Mode {
    /** A query that is built already, to the numbers of the ten best: the engine alone. */
    RANK,
    /** Text to the ids of the ten best. */
    IDS,
    /** The same, and a marked piece of the text of each of them. */
    SNIPPETS
  }

  private record Asked(String number, String kind, String text, Query query) {}

  private static final Set<String> ID = Set.of("id");

  private final IndexSearcher searcher;
  private final QueryBuilder builder = new QueryBuilder(Ingest.analyzer());
  private final UnifiedHighlighter highlighter;
  private final List<Asked> asked = new ArrayList<>();

  Queries(Path folder, Path file) throws IOException {
    searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
    searcher.setQueryCache(null); // a repeated query would be answered by the cache alone
    highlighter = UnifiedHighlighter.builderWithoutSearcher(Ingest.analyzer()).build();
    for (String line : Files.readAllLines(file)) {
      String[] columns = line.split("\t", 3);
      if (columns.length == 3) {
        asked.add(new Asked(columns[0], columns[1], columns[2], build(columns[1], columns[2])));
      }
    }
  }

  /** Text of a class that ends in "and" is two phrases with a blank between them. */
  private Query build(String kind, String text) {
    String folded = Folding.fold(text);
    if (!kind.endsWith("and")) {
      return phrase(folded);
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String part : folded.split(" ")) {
      all.add(phrase(part), BooleanClause.Occur.MUST);
    }
    return all.build();
  }

  /** One character is a prefix of its bigrams; such hits score alike. */
  private Query phrase(String text) {
    if (text.codePointCount(0, text.length()) == 1) {
      return new PrefixQuery(new Term("body", text));
    }
    return builder.createPhraseQuery("body", text);
  }

  /** A number that depends on everything that was found, so that no work can be left out. */
  private int search(Asked one, Mode mode) throws IOException {
    if (mode == Mode.RANK) {
      return searcher.search(one.query(), HITS).scoreDocs.length;
    }
    Query query = build(one.kind(), one.text());
    StoredFields stored = searcher.storedFields();
    int length = 0;
    for (ScoreDoc hit : searcher.search(query, HITS).scoreDocs) {
      if (mode == Mode.IDS) {
        length += stored.document(hit.doc, ID).get("id").length();
        continue;
      }
      Document document = stored.document(hit.doc);
      String text = Folding.fold(document.get("text"));
      Object piece = highlighter.highlightWithoutSearcher("body", query, text, 1);
      length += document.get("id").length() + (piece == null ? 0 : piece.toString().length());
    }
    return length;
  }

  /**
   * Prints number, class, milliseconds and documents of every query: the median of {@code repeat}
   * passes over all queries after {@code warm} that warm up, which a JVM needs more than one of;
   * counting is not timed. Whole passes, because a query that comes twice running finds its own
   * blocks in the caches.
   */
  void time(int repeat, int warm, Mode mode) throws IOException {
    int sink = 0;
    double[][] times = new double[asked.size()][repeat];
    for (int pass = -warm; pass < repeat; pass++) {
      for (int i = 0; i < asked.size(); i++) {
        long start = System.nanoTime();
        sink += search(asked.get(i), mode);
        if (pass >= 0) {
          times[i][pass] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    for (int i = 0; i < asked.size(); i++) {
      Asked one = asked.get(i);
      Arrays.sort(times[i]);
      double median = times[i][repeat / 2];
      int count = searcher.count(one.query());
      System.out.printf(Locale.ROOT, "%s\t%s\t%.6f\t%d%n", one.number(), one.kind(), median, count);
    }
    if (sink < 0) {
      throw new IllegalStateException("what was found was not used");
    }
  }

  /** Prints number and ids: everything that a query finds. */
  void list() throws IOException {
    StoredFields stored = searcher.storedFields();
    for (Asked one : asked) {
      TopDocs all = searcher.search(one.query(), Math.max(1, searcher.getIndexReader().maxDoc()));
      StringBuilder ids = new StringBuilder();
      for (ScoreDoc hit : all.scoreDocs) {
        ids.append(ids.isEmpty() ? "" : " ").append(stored.document(hit.doc).get("id"));
      }
      System.out.println(one.number() + "\t" + ids);
    }
  }
}
