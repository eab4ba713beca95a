<?php
// The process of the tests. The answer's program runs elsewhere: here it is only known by what it replies.

namespace Rowan;

require __DIR__ . '/talk.php';

final class Undecidable extends \Error
{
}

final class Link
{
    public int $calls = 0;
    public bool $changed = false;
    public string $undecided = '';
    private array $functions = [];

    public function __construct(private bool $asChanged)
    {
    }

    /** What the tests catch as an error of the answer's is one of theirs: it is not forgotten. */
    public function decline(string $why): never
    {
        $this->undecided = $this->undecided ?: $why;
        throw new Undecidable($why);
    }

    private function lend(mixed $value): array
    {
        if (!is_callable($value)) {
            $this->decline('the tests pass an object that only they know');
        }
        $this->functions[] = $value;
        return ['k' => count($this->functions) - 1];
    }

    private function calledBack(array $reply): array
    {
        try {
            $parameters = unpack($reply['args'], $this->remote(...));
            return ['v' => pack($this->functions[$reply['k']](...$parameters), $this->lend(...))];
        } catch (\Throwable $error) {
            return ['x' => true, 'm' => $error->getMessage()];
        }
    }

    private function remote(): never
    {
        $this->decline("the tests look into an object of the answer's own class");
    }

    public function ask(array $request): array
    {
        send($request);
        while (isset(($reply = receive())['k'])) {
            send($this->calledBack($reply));
        }
        return $reply;
    }

    public function call(string $name, array $parameters): mixed
    {
        $this->calls++;
        $reply = $this->ask([
            'op' => 'call',
            'on' => ['e' => $name],
            'args' => pack(array_map(fn($one) => $one, array_values($parameters)), $this->lend(...)),
            'named' => ['d' => []],
        ]);
        if (isset($reply['x'])) {
            throw $this->fault((array) $reply['x'], (string) $reply['m']);
        }
        $value = unpack($reply['v'], $this->remote(...));
        if (isset($reply['after'])) {
            $this->changed = $this->changed || $value !== null;
            if ($value === null || $this->asChanged) {
                $this->renew($parameters, $reply['after']);
            }
        }
        return $value;
    }

    private function renew(array $parameters, array $after): void
    {
        foreach (array_keys($parameters) as $i => $key) {
            if (is_object($parameters[$key]) && !$parameters[$key] instanceof \stdClass) {
                continue;
            }
            $after[$i] = unpack($after[$i], $this->remote(...));
            if ($parameters[$key] instanceof \stdClass && $after[$i] instanceof \stdClass) {
                foreach (get_object_vars($parameters[$key]) as $name => $_) {
                    unset($parameters[$key]->$name);
                }
                foreach (get_object_vars($after[$i]) as $name => $value) {
                    $parameters[$key]->$name = $value;
                }
            } elseif (gettype($parameters[$key]) === gettype($after[$i])) {
                $parameters[$key] = $after[$i];
            }
        }
    }

    private function fault(array $kinds, string $message): \Throwable
    {
        foreach ($kinds as $kind) {
            if (is_string($kind) && is_a($kind, \Throwable::class, true)) {
                return new $kind($message);
            }
        }
        return new \Exception($message);
    }

    /** Defines a function of the answer's name that asks the answer. */
    public function define(string $name): void
    {
        $parameters = [];
        foreach ((array) ($this->ask(['op' => 'references', 'of' => $name])['v'] ?? []) as $i => $reference) {
            $parameters[] = ($reference === true ? '&' : '') . "\$p$i = null";
        }
        $given = implode(', ', [...$parameters, '...$more']);
        $GLOBALS['rowan_link'] = $this;
        eval("namespace { function $name($given) { \$all = []; foreach (func_get_args() as \$i => \$one) {"
            . " if (\$i < " . count($parameters) . ") { \$all[] = &\${\"p\$i\"}; } else { \$all[] = \$one; } }"
            . " return \$GLOBALS['rowan_link']->call('$name', \$all); } }");
    }
}

$order = receive();
$link = new Link($order['asChanged']);

$report = function (array $what) use ($link) {
    send($link->undecided === '' ? $what : ['undecided' => $link->undecided]);
    exit(0);
};

$failed = function (\Throwable $error) use ($link, $order, $report) {
    $lines = explode("\n", $order['tests']);
    $steps = [['file' => $error->getFile(), 'line' => $error->getLine()], ...$error->getTrace()];
    $at = array_filter($steps, fn($step) => str_ends_with($step['file'] ?? '', '/tests-of-it.php'));
    $text = $at ? trim($lines[reset($at)['line'] - 1] ?? '') : '';
    $cause = $error instanceof \AssertionError ? '' : get_class($error) . ': ' . $error->getMessage();
    $report(['failed' => implode(': ', array_filter([substr($text, 0, 160), substr($cause, 0, 300)])),
        'changed' => $link->changed]);
};

$code = $order['tests'];
preg_match_all('/(?<![\w>$:])([a-zA-Z_]\w*)\s*\(/', $code, $found);
preg_match_all('/\bfunction\s+&?\s*([a-zA-Z_]\w*)/i', $code, $own);
$entry = $order['entry'];
foreach (array_unique([...array_filter([$entry]), ...$found[1]]) as $name) {
    $free = !function_exists($name) && !in_array($name, $own[1], true);
    if ($free && ($name === $entry || $link->ask(['op' => 'has', 'of' => $name])['v'] === true)) {
        $link->define($name);
    }
}

$file = sys_get_temp_dir() . '/tests-of-it.php';
file_put_contents($file, str_starts_with(ltrim($code), '<?') ? $code : '<?php ' . $code);
try {
    (static function () use ($file) {
        require $file;
    })();
    if ($link->calls === 0 && in_array('check', $own[1], true)) {
        $entry !== '' || $link->decline('check($candidate) needs an entry point');
        \check($entry);
    }
    $link->calls > 0 || $link->decline('the tests never call the answer');
} catch (\ParseError $error) {
    $report(['undecided' => 'the tests do not compile: ' . $error->getMessage()]);
} catch (\Throwable $error) {
    $failed($error);
}
$report(['passed' => true]);
