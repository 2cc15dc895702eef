package peer;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;

/** The folding that every engine of the benchmark gets. */
final class Folding {
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  private Folding() {}

  /** NFKC, then full case folding: what the scan does that decides which documents match. */
  static String fold(String text) {
    return UCharacter.foldCase(NFKC.normalize(text), true);
  }
}
