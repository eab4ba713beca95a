package dev.rowan.model.jinja;

import com.hubspot.jinjava.util.ForLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}, which also knows what comes before and after. */
public final class PythonLoop extends ForLoop {

  private final List<@Nullable Object> items;

  PythonLoop(List<@Nullable Object> items) {
    super(items.iterator(), items.size());
    this.items = items;
  }

  /** The item before this one; undefined at the first. */
  public @Nullable Object getPrevitem() {
    return getIndex0() > 0 ? items.get(getIndex0() - 1) : null;
  }

  /** The item after this one; undefined at the last. */
  public @Nullable Object getNextitem() {
    return getIndex() < items.size() ? items.get(getIndex()) : null;
  }
}
