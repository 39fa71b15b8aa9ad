/* digits: the class and the scores of each picture of a file, 28 x 28 bytes each, light on dark.
 *
 *   cc digits.c -o digits -L. -ltinyquant_mnist -Wl,-rpath,'$ORIGIN'
 *   ./digits pictures
 */
#include <stdio.h>

#include "tinyquant_mnist.h"

static const char *const labels[] = TINYQUANT_MNIST_LABELS;

int main(int argc, char **argv)
{
    uint8_t pixels[TINYQUANT_MNIST_INPUT_LENGTH];
    int8_t codes[TINYQUANT_MNIST_INPUT_LENGTH];
    int8_t scores[TINYQUANT_MNIST_OUTPUT_LENGTH];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    size_t i;
    if (file == NULL) {
        fprintf(stderr, argc == 2 ? "digits: '%s' cannot be read\n" : "usage: %s PICTURES\n", argv[argc - 1]);
        return 2;
    }
    while (fread(pixels, 1, sizeof pixels, file) == sizeof pixels) {
        int32_t digit = tinyquant_mnist_classify_pixels(pixels, sizeof pixels);
        for (i = 0; i < sizeof pixels; i++) {
            codes[i] = (int8_t)(pixels[i] + TINYQUANT_MNIST_INPUT_ZERO_POINT); /* a pixel of 0 is real 0 */
        }
        if (digit < 0 || tinyquant_mnist_run(codes, sizeof codes, scores, sizeof scores) != TINYQUANT_OK) {
            fprintf(stderr, "digits: error %d\n", (int)digit);
            return 1;
        }
        printf("%s ", labels[digit]);
        for (i = 0; i < sizeof scores; i++) {
            printf(" %d", scores[i]);
        }
        printf("\n");
    }
    fclose(file);
    return 0;
}
