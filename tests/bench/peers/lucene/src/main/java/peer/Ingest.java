package peer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/** Reads JSON Lines into a new index: one commit, and every merge that it brings is waited for. */
final class Ingest {
  /** A line as `sakuin ingest` reads it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Line(String id, List<Section> sections) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Section(String text) {}

  private static final String END = "";

  private Ingest() {}

  static CJKAnalyzer analyzer() {
    return new CJKAnalyzer(CharArraySet.EMPTY_SET);
  }

  static void run(Path input, Path folder, int threads, int heapMegabytes) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(analyzer());
    config.setRAMBufferSizeMB(heapMegabytes);
    config.setUseCompoundFile(false); // files by what they hold, so that sizes can be told apart
    config.getMergePolicy().setNoCFSRatio(0);
    BlockingQueue<String> lines = new ArrayBlockingQueue<>(1024);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
        BufferedReader reader = Files.newBufferedReader(input)) {
      Thread[] workers = new Thread[threads];
      for (int i = 0; i < threads; i++) {
        workers[i] = new Thread(() -> work(writer, lines, failure));
        workers[i].start();
      }
      for (String line; (line = reader.readLine()) != null; ) {
        lines.put(line);
      }
      for (int i = 0; i < threads; i++) {
        lines.put(END);
      }
      for (Thread worker : workers) {
        worker.join();
      }
      writer.commit();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
  }

  private static void work(
      IndexWriter writer, BlockingQueue<String> lines, AtomicReference<Throwable> failure) {
    ObjectReader json = new ObjectMapper().readerFor(Line.class);
    try {
      for (String line; !(line = lines.take()).equals(END); ) {
        if (failure.get() == null) {
          add(writer, json, line, failure);
        }
      }
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
    }
  }

  /** A failure is kept and not thrown: the queue must still be emptied. */
  private static void add(
      IndexWriter writer, ObjectReader json, String line, AtomicReference<Throwable> failure) {
    try {
      Line record = json.readValue(line);
      Document document = new Document();
      document.add(new StringField("id", record.id(), Field.Store.YES));
      for (Section section : record.sections()) {
        document.add(new TextField("body", Folding.fold(section.text()), Field.Store.NO));
        document.add(new StoredField("text", section.text()));
      }
      writer.addDocument(document);
    } catch (Exception e) {
      failure.compareAndSet(null, e);
    }
  }
}
