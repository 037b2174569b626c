-- What ran the models: another runtime, or a model that was optimised, differs in rounding alone.
ALTER TABLE analysis ADD COLUMN runtime TEXT NOT NULL DEFAULT 'onnxruntime';
