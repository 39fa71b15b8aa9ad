"""The class and the scores of each picture of a file, 28 x 28 bytes each, light on dark.

    python3 digits.py ./libtinyquant_mnist.so PICTURES
"""
import ctypes
import sys

LENGTH, CLASSES = 784, 10  # TINYQUANT_MNIST_INPUT_LENGTH and _OUTPUT_LENGTH


def load(path):
    """The library, with the types of its functions."""
    library = ctypes.CDLL(path)
    pointer, size = ctypes.c_void_p, ctypes.c_size_t
    library.tinyquant_mnist_run.argtypes = [pointer, size, pointer, size]
    library.tinyquant_mnist_classify.argtypes = [pointer, size]
    library.tinyquant_mnist_classify_pixels.argtypes = [pointer, size]
    library.tinyquant_mnist_version.restype = ctypes.c_char_p
    library.tinyquant_mnist_allocated_bytes.restype = ctypes.c_int64
    return library


def main():
    library = load(sys.argv[1])
    scores = (ctypes.c_int8 * CLASSES)()
    with open(sys.argv[2], "rb") as file:
        while len(pixels := file.read(LENGTH)) == LENGTH:
            codes = bytes(pixel ^ 128 for pixel in pixels)  # code = pixel - 128, as int8
            digit = library.tinyquant_mnist_classify_pixels(pixels, LENGTH)
            status = library.tinyquant_mnist_run(codes, LENGTH, scores, CLASSES)
            if digit < 0 or status != 0:
                sys.exit(f"digits.py: error {min(digit, status)}")
            print(digit, "", *scores)


if __name__ == "__main__":
    main()
