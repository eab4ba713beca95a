<?php
// The process of an answer: loads its program and does what is asked of it. Nothing it says is more than its answer.

namespace Rowan;

require __DIR__ . '/talk.php';

final class Host
{
    private array $objects = [];

    public function __construct(private string $entry)
    {
    }

    /** What answers to a name: a function, or a method of a class Solution. */
    private function named(string $name): mixed
    {
        if (!function_exists($name) && method_exists('Solution', $name)) {
            return [new \Solution(), $name];
        }
        return function_exists($name) ? $name : null;
    }

    private function isOwn(string $name): bool
    {
        return !function_exists($name)
            ? method_exists('Solution', $name)
            : (new \ReflectionFunction($name))->isUserDefined();
    }

    public function defines(): bool
    {
        return $this->entry === '' || $this->named($this->entry) !== null;
    }

    private function leave(object $value): array
    {
        $this->objects[] = $value;
        return ['o' => count($this->objects) - 1];
    }

    private function find(string $tag, mixed $inner): mixed
    {
        return match ($tag) {
            'e' => $this->named($inner),
            'o' => $this->objects[$inner],
            default => fn(...$parameters) => $this->callBack($inner, $parameters),
        };
    }

    private function callBack(int $function, array $parameters): mixed
    {
        send(['k' => $function, 'args' => pack($parameters, $this->leave(...))]);
        while (true) {
            $message = receive();
            if (isset($message['op'])) {
                send($this->reply($message));
            } elseif (isset($message['x'])) {
                throw new \RuntimeException($message['m']);
            } else {
                return unpack($message['v'], $this->find(...));
            }
        }
    }

    /** Which parameters a function takes by reference. */
    private function references(string $name): array
    {
        $function = $this->named($name);
        $reflection = is_array($function)
            ? new \ReflectionMethod($function[0], $function[1])
            : new \ReflectionFunction($function);
        return array_map(fn($parameter) => $parameter->isPassedByReference(), $reflection->getParameters());
    }

    private function call(array $request): array
    {
        $parameters = unpack($request['args'], $this->find(...));
        $function = unpack($request['on'], $this->find(...));
        $places = [];
        foreach ($parameters as $i => $_) {
            $places[] = &$parameters[$i];
        }
        $reply = ['v' => pack($function(...$places), $this->leave(...))];
        $after = [];
        foreach ($parameters as $i => $one) {
            $after[] = is_object($one) && !$one instanceof \stdClass ? $request['args'][$i] : pack($one, $this->leave(...));
        }
        return json_encode($after) === json_encode($request['args']) ? $reply : $reply + ['after' => $after];
    }

    public function reply(array $request): array
    {
        try {
            return match ($request['op']) {
                'call' => $this->call($request),
                'has' => ['v' => $this->isOwn($request['of'])],
                'references' => ['v' => $this->references($request['of'])],
            };
        } catch (\Throwable $error) {
            $kinds = [get_class($error), ...array_values(class_parents($error))];
            return ['x' => $kinds, 'm' => $error->getMessage()];
        }
    }
}

/** Runs the first of the texts that compiles. */
function load(array $sources): void
{
    foreach ($sources as $i => $source) {
        $file = sys_get_temp_dir() . "/answer$i.php";
        file_put_contents($file, $source);
        try {
            (static fn() => require $file)();
            return;
        } catch (\ParseError $error) {
            $wrong ??= $error;
        }
    }
    throw $wrong;
}

$order = receive();
$host = new Host($order['entry']);
try {
    load($order['sources']);
} catch (\Throwable $error) {
    send(['wrong' => get_class($error) . ': ' . $error->getMessage()]);
    exit(0);
}
if (!$host->defines()) {
    send(['wrong' => "it does not define {$order['entry']}"]);
}
while (true) {
    send($host->reply(receive()));
}
