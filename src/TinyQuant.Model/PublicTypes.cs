// The sources of this project are compiled twice: here, where these types are public, and inside the generator,
// where they stay internal so that the analyzer ships as one DLL and clashes with nobody. A type is public by being
// listed here; enums, which cannot be partial, say so themselves.

namespace TinyQuant.Model;

public sealed partial record Graph;
public sealed partial record Metric;
public sealed partial class Tensor;
public sealed partial class Quantization;
public abstract partial class Operator;
public sealed partial class FullyConnected;
public sealed partial class ModelError;
public sealed partial class ModelReadResult;
public static partial class ModelReader;
public static partial class ModelWriter;
public static partial class OperatorFactory;
public static partial class TensorTypes;
public static partial class Paddings;
public static partial class Roundings;
public static partial class Activations;
public static partial class GraphValidator;
public sealed partial record BufferRequest;
public sealed partial class MemoryPlan;
public static partial class MemoryPlanner;
public abstract partial class Convolution;
public sealed partial record WindowOptions;
public sealed partial class Conv2D;
public sealed partial class DepthwiseConv2D;
public sealed partial class TransposeConv;
public abstract partial class UnaryOperator;
public abstract partial class BinaryOperator;
public sealed partial class Softmax;
public sealed partial class Logistic;
public sealed partial class Tanh;
public sealed partial class Relu;
public sealed partial class Relu6;
public sealed partial class ReluN1To1;
public sealed partial class HardSwish;
public sealed partial class Elu;
public sealed partial class LeakyRelu;
public sealed partial class Quantize;
public sealed partial class Dequantize;
public sealed partial class Add;
public sealed partial class Sub;
public sealed partial class Mul;
public sealed partial class Maximum;
public sealed partial class Minimum;
public sealed partial class Prelu;
public sealed partial class Svdf;
public sealed partial class UnidirectionalSequenceLstm;
