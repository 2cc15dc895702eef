package peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  private record Asked(String number, String kind, Query query) {}

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
        asked.add(new Asked(columns[0], columns[1], build(columns[1], columns[2])));
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

  /** The ten best, and with snippets a marked piece of the text of each of them. */
  private int search(Query query, boolean snippets) throws IOException {
    TopDocs top = searcher.search(query, HITS);
    if (!snippets) {
      return top.scoreDocs.length;
    }
    StoredFields stored = searcher.storedFields();
    int length = 0;
    for (ScoreDoc hit : top.scoreDocs) {
      String text = Folding.fold(stored.document(hit.doc).get("text"));
      Object piece = highlighter.highlightWithoutSearcher("body", query, text, 1);
      length += piece == null ? 0 : piece.toString().length();
    }
    return length;
  }

  /**
   * Prints number, class, milliseconds and documents of every query: the median of {@code repeat}
   * runs after {@code warm} that warm up, which a JVM needs more than one of; counting is not timed.
   */
  void time(int repeat, int warm, boolean snippets) throws IOException {
    int sink = 0;
    for (int i = 0; i < warm; i++) {
      for (Asked one : asked) {
        sink += search(one.query(), snippets);
      }
    }
    for (Asked one : asked) {
      double[] times = new double[repeat];
      for (int i = 0; i < repeat; i++) {
        long start = System.nanoTime();
        sink += search(one.query(), snippets);
        times[i] = (System.nanoTime() - start) / 1e6;
      }
      Arrays.sort(times);
      System.out.printf(
          Locale.ROOT,
          "%s\t%s\t%.6f\t%d%n",
          one.number(),
          one.kind(),
          times[repeat / 2],
          searcher.count(one.query()));
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
