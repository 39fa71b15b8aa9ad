/* Every wrong argument, threads and the heap: prints "ok", or the line of each check that failed. Reads 784 pixels from standard input. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "tinyquant_mnist.h"

#define LENGTH TINYQUANT_MNIST_INPUT_LENGTH
#define CLASSES TINYQUANT_MNIST_OUTPUT_LENGTH
#define THREADS 4
#define CALLS 200

static int failures;
static uint8_t pixels[LENGTH];
static int8_t codes[LENGTH], scores[CLASSES];

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            printf("line %d: %s\n", __LINE__, #condition); \
            failures++; \
        } \
    } while (0)

static void wrong_arguments(void)
{
    int8_t untouched[CLASSES], both[LENGTH + CLASSES];
    memset(untouched, 77, sizeof untouched);
    memset(both, 1, sizeof both);
    CHECK(tinyquant_mnist_run(NULL, LENGTH, untouched, CLASSES) == TINYQUANT_ERROR_NULL);
    CHECK(tinyquant_mnist_run(codes, LENGTH, NULL, CLASSES) == TINYQUANT_ERROR_NULL);
    CHECK(tinyquant_mnist_run(NULL, 0, NULL, 0) == TINYQUANT_ERROR_NULL);
    CHECK(tinyquant_mnist_run(codes, LENGTH - 1, untouched, CLASSES) == TINYQUANT_ERROR_LENGTH);
    CHECK(tinyquant_mnist_run(codes, LENGTH + 1, untouched, CLASSES) == TINYQUANT_ERROR_LENGTH);
    CHECK(tinyquant_mnist_run(codes, (size_t)-1, untouched, CLASSES) == TINYQUANT_ERROR_LENGTH);
    CHECK(tinyquant_mnist_run(codes, LENGTH, untouched, CLASSES - 1) == TINYQUANT_ERROR_LENGTH);
    CHECK(tinyquant_mnist_run(codes, LENGTH, untouched, 0) == TINYQUANT_ERROR_LENGTH);
    CHECK(tinyquant_mnist_run(both, LENGTH, both, CLASSES) == TINYQUANT_ERROR_OVERLAP);
    CHECK(tinyquant_mnist_run(both, LENGTH, both + LENGTH - 1, CLASSES) == TINYQUANT_ERROR_OVERLAP);
    CHECK(tinyquant_mnist_run(both, LENGTH, both + LENGTH, CLASSES) == TINYQUANT_OK);
    CHECK(tinyquant_mnist_classify(NULL, LENGTH) == TINYQUANT_ERROR_NULL);
    CHECK(tinyquant_mnist_classify(codes, 0) == TINYQUANT_ERROR_LENGTH);
    CHECK(tinyquant_mnist_classify_pixels(NULL, LENGTH) == TINYQUANT_ERROR_NULL);
    CHECK(tinyquant_mnist_classify_pixels(pixels, LENGTH - 1) == TINYQUANT_ERROR_LENGTH);
    CHECK(untouched[0] == 77 && memcmp(untouched, untouched + 1, sizeof untouched - 1) == 0);
}

static void *run_often(void *result)
{
    int8_t own[CLASSES];
    int64_t allocated;
    int i;
    *(int *)result = tinyquant_mnist_run(codes, LENGTH, own, CLASSES);
    allocated = tinyquant_mnist_allocated_bytes();
    for (i = 0; i < CALLS; i++) {
        memset(own, 0, sizeof own);
        *(int *)result |= tinyquant_mnist_run(codes, LENGTH, own, CLASSES) | memcmp(own, scores, sizeof own);
        *(int *)result |= tinyquant_mnist_run(codes, 1, own, CLASSES) != TINYQUANT_ERROR_LENGTH;
        *(int *)result |= tinyquant_mnist_classify(codes, LENGTH) != tinyquant_mnist_classify_pixels(pixels, LENGTH);
    }
    *(int *)result |= tinyquant_mnist_allocated_bytes() != allocated;
    return NULL;
}

static void threads(void)
{
    pthread_t thread[THREADS];
    int result[THREADS], i;
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&thread[i], NULL, run_often, &result[i]) == 0);
    }
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_join(thread[i], NULL) == 0);
        CHECK(result[i] == 0);
    }
}

int main(void)
{
    size_t i;
    CHECK(fread(pixels, 1, sizeof pixels, stdin) == sizeof pixels);
    for (i = 0; i < LENGTH; i++) {
        codes[i] = (int8_t)(pixels[i] - 128);
    }
    wrong_arguments();
    CHECK(tinyquant_mnist_run(codes, LENGTH, scores, CLASSES) == TINYQUANT_OK);
    threads();
    if (failures == 0) {
        printf("ok %s\n", tinyquant_mnist_version());
    }
    return failures != 0;
}
