;;; Emacs (28 with Debian's elpa-eglot, or 29 with its own eglot) as a client of `untainted lsp --stdio', in batch.
;;   UNTAINTED_CONFIG=/path/config.el UNTAINTED_FILE=/path/file.c emacs --batch -Q -l emacs.el
;; Writes one JSON object on standard output; exit status 0 if the whole way was gone.

;; -Q leaves out the site's start file, which is what names Debian's packages.
(setq package-directory-list '("/usr/share/emacs/site-lisp/elpa" "/usr/share/emacs/site-lisp/elpa-src")
      package-user-dir (make-temp-file "untainted-elpa" t))
(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'xref)

(setq eglot-sync-connect t
      eglot-connect-timeout 30
      eglot-autoshutdown nil
      eglot-confirm-server-initiated-edits nil
      vc-handled-backends nil
      make-backup-files nil
      create-lockfiles nil)

(defvar patience 30)

(defun until (holds)
  "Lets the server speak until HOLDS gives something, and gives that."
  (let ((end (+ (float-time) patience)) found)
    (while (and (not (setq found (funcall holds))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or found (error "It did not come about in time: %S" holds))))

(defun text-of (diagnostic)
  (flymake-diagnostic-text diagnostic))

(defun finding (needle)
  "The diagnostic of this buffer whose text has NEEDLE."
  (seq-find (lambda (one) (string-match-p (regexp-quote needle) (text-of one))) (flymake-diagnostics)))

(defun hover-at (place)
  "What eldoc is told of PLACE."
  (goto-char place)
  (let (said)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq said (or text ""))))
    (until (lambda () said))))

(defun connect ()
  "What M-x eglot does when its questions are answered; a file's folder is the project."
  (apply #'eglot (eglot--guess-contact))
  (unless (eglot-managed-p) (eglot--maybe-activate-editing-mode))
  (flymake-start))

(defun go-the-way (file)
  (find-file file)
  (let* ((started (float-time))
         (_ (connect))
         (diagnostics (until #'flymake-diagnostics))
         (milliseconds (round (* 1000 (- (float-time) started))))
         (symbol (or (finding "gpl-only-symbol") (error "No GPL-only symbol was found")))
         (hover (hover-at (flymake-diagnostic-beg symbol)))
         (license (or (finding "unknown-license-string") (error "The expected finding is missing")))
         (place (flymake-diagnostic-beg license))
         (actions (progn (goto-char place) (eglot-code-actions place nil "quickfix")))
         completions definitions fixed)
    (search-forward "\"GPL")
    (let ((capf (eglot-completion-at-point)))
      (setq completions
            (and capf (all-completions (buffer-substring (nth 0 capf) (point)) (nth 2 capf)))))
    ;; As eglot-code-action-quickfix does at the only fix there is, or the first that is chosen.
    (goto-char place)
    (let ((edit (plist-get (seq-find (lambda (one) (string-match-p "\"GPL\"" (plist-get one :title))) actions) :edit)))
      (eglot--apply-workspace-edit edit))
    (setq fixed (string-trim (thing-at-point 'line t)))
    ;; Edits are told when Emacs is idle, which it never is in batch.
    (eglot--signal-textDocument/didChange)
    (until (lambda () (not (finding "gpl-only-symbol"))))
    (let ((after (mapcar #'text-of (flymake-diagnostics))))
      (set-buffer-modified-p nil)
      (with-current-buffer (find-file (expand-file-name "frost_main.c" (file-name-directory file)))
        (unless (eglot-managed-p) (eglot--maybe-activate-editing-mode))
        (goto-char (point-min))
        (search-forward "return frost_sho")
        (setq definitions
              (mapcar (lambda (item)
                        (let ((location (xref-item-location item)))
                          (format "%s:%d" (file-name-nondirectory (xref-location-group location))
                                  (xref-location-line location))))
                      (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))))
      (let ((result `((version . ,emacs-version)
                      (milliseconds . ,milliseconds)
                      (diagnostics . ,(vconcat (mapcar #'text-of diagnostics)))
                      (hover . ,(substring-no-properties hover))
                      (actions . ,(vconcat (mapcar (lambda (one) (plist-get one :title)) actions)))
                      (completions . ,(vconcat (mapcar #'substring-no-properties completions)))
                      (fixed . ,fixed)
                      (after . ,(vconcat after))
                      (definitions . ,(vconcat definitions)))))
        (eglot-shutdown (eglot-current-server) nil 5)
        result))))

(let ((result (condition-case problem
                  (progn
                    (load (getenv "UNTAINTED_CONFIG") nil t)
                    (go-the-way (getenv "UNTAINTED_FILE")))
                (error `((problem . ,(format "%S" problem)))))))
  (princ (concat (json-encode result) "\n"))
  (kill-emacs (if (assq 'problem result) 1 0)))
