<?php
// Calls a function of an answer: php calls.php ANSWER < {"entry", "mark", "calls"}. Each result is a line after the mark.

(function (string $file) {
    $order = json_decode(stream_get_contents(STDIN), true, 512, JSON_BIGINT_AS_STRING);
    $pack = function ($value) use (&$pack) {
        if (is_float($value) && !is_finite($value)) {
            return ['f' => (string) $value];
        }
        if (is_array($value) && array_is_list($value)) {
            return array_map($pack, $value);
        }
        if (is_array($value) || $value instanceof stdClass) {
            $entries = [];
            foreach ($value as $key => $item) {
                $entries[] = [$key, $pack($item)];
            }
            return ['d' => $entries];
        }
        return is_object($value) || is_resource($value) ? ['o' => 0] : $value;
    };
    $say = function (array $what) use ($order) {
        while (ob_get_level() > 0) {
            ob_end_clean();
        }
        fwrite(STDOUT, "\n" . $order['mark'] . json_encode($what, JSON_PRESERVE_ZERO_FRACTION) . "\n");
    };
    try {
        require $file;
        $entry = $order['entry'];
        if (!function_exists($entry) && method_exists('Solution', $entry)) {
            $entry = [new Solution(), $entry];
        }
        foreach ($order['calls'] as $parameters) {
            $say(['v' => $pack($entry(...$parameters))]);
        }
    } catch (Throwable $error) {
        $say(['x' => [get_class($error)], 'm' => $error->getMessage()]);
    }
})($argv[1]);
