"""Wrong arguments and the heap through ctypes. Arguments: the folder of digits.py, the library. Reads 784 pixels from standard input."""
import ctypes
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import digits  # noqa: E402

NULL, LENGTH_ERROR = -1, -2
library = digits.load(sys.argv[2])
pixels = sys.stdin.buffer.read(digits.LENGTH)
scores = (ctypes.c_int8 * digits.CLASSES)()

assert library.tinyquant_mnist_run(None, digits.LENGTH, scores, digits.CLASSES) == NULL
assert library.tinyquant_mnist_run(pixels, digits.LENGTH, None, digits.CLASSES) == NULL
assert library.tinyquant_mnist_run(pixels, digits.LENGTH - 1, scores, digits.CLASSES) == LENGTH_ERROR
assert library.tinyquant_mnist_run(pixels, digits.LENGTH, scores, digits.CLASSES + 1) == LENGTH_ERROR
assert library.tinyquant_mnist_classify(None, digits.LENGTH) == NULL
assert library.tinyquant_mnist_classify_pixels(pixels, 0) == LENGTH_ERROR
assert list(scores) == [0] * digits.CLASSES
digit = library.tinyquant_mnist_classify_pixels(pixels, digits.LENGTH)
allocated = library.tinyquant_mnist_allocated_bytes()
for _ in range(100):
    assert library.tinyquant_mnist_classify_pixels(pixels, digits.LENGTH) == digit
assert library.tinyquant_mnist_allocated_bytes() == allocated
print("ok", library.tinyquant_mnist_version().decode())
