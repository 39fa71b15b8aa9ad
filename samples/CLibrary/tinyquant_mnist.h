/* The model mnist-cnn in a shared library. Written by 'tinyquant header'; do not edit.
 *
 * Every function may be called from any thread at any time: it works on the caller's buffers and on the stack, of
 * which it takes TINYQUANT_MNIST_ARENA_BYTES and a little more, and allocates nothing. */
#ifndef TINYQUANT_MNIST_H
#define TINYQUANT_MNIST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef TINYQUANT_OK
#define TINYQUANT_OK 0
#define TINYQUANT_ERROR_NULL (-1)     /* a pointer is null */
#define TINYQUANT_ERROR_LENGTH (-2)   /* a length is not the model's */
#define TINYQUANT_ERROR_OVERLAP (-3)  /* an input and an output share memory */
#define TINYQUANT_ERROR_INTERNAL (-4) /* a defect of the library */
#endif

#define TINYQUANT_MNIST_MODEL "mnist-cnn"
#define TINYQUANT_MNIST_MACS 1924992
#define TINYQUANT_MNIST_ARENA_BYTES 15680

/* input: image int8 [1,28,28,1]; real = (code - zero point) * scale */
#define TINYQUANT_MNIST_INPUT_LENGTH 784
#define TINYQUANT_MNIST_INPUT_RANK 4
#define TINYQUANT_MNIST_INPUT_SHAPE { 1, 28, 28, 1 }
#define TINYQUANT_MNIST_INPUT_SCALE 0.003921569f
#define TINYQUANT_MNIST_INPUT_ZERO_POINT (-128)

/* output: scores int8 [1,10]; real = (code - zero point) * scale */
#define TINYQUANT_MNIST_OUTPUT_LENGTH 10
#define TINYQUANT_MNIST_OUTPUT_RANK 2
#define TINYQUANT_MNIST_OUTPUT_SHAPE { 1, 10 }
#define TINYQUANT_MNIST_OUTPUT_SCALE 0.049790572f
#define TINYQUANT_MNIST_OUTPUT_ZERO_POINT (-29)

/* The names of the classes, UTF-8, in the order of the output. */
#define TINYQUANT_MNIST_LABEL_COUNT 10
#define TINYQUANT_MNIST_LABELS { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" }

/* Runs the model. Lengths are in elements. Inputs and outputs must not share memory.
 * Returns TINYQUANT_OK, or an error, and then writes nothing. */
int32_t tinyquant_mnist_run(const int8_t *input, size_t input_length, int8_t *output, size_t output_length);

/* The index of the largest score, the first of equals; or an error, which is negative. */
int32_t tinyquant_mnist_classify(const int8_t *input, size_t input_length);

/* The same of pixels from 0 to 255: each is its code and 128 more. */
int32_t tinyquant_mnist_classify_pixels(const uint8_t *pixels, size_t pixels_length);

/* The version of TinyQuant that the library was built with, such as "0.1.0". It is not to be freed. */
const char *tinyquant_mnist_version(void);

/* The bytes that the library has allocated for the calling thread so far. Calls of the functions above add none;
 * the first call of a thread may. */
int64_t tinyquant_mnist_allocated_bytes(void);

#ifdef __cplusplus
}
#endif

#endif /* TINYQUANT_MNIST_H */
